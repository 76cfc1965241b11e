import { useEffect, useState } from 'preact/hooks'

/** Shows the calls of factorial(3) one by one: state of Preact within a lesson. */
export default function Trace() {
  const [ready, setReady] = useState(false)
  const [calls, setCalls] = useState([3])
  useEffect(() => setReady(true), [])
  const last = calls.at(-1)
  return (
    <div class="trace">
      <p>{ready ? 'Press the button to see the calls one by one.' : 'The calls can be seen one by one where scripts run.'}</p>
      <ol>
        {calls.map((n) => (
          <li key={n}>{n === 0 ? 'The call of factorial(0) answers 1.' : `The call of factorial(${n}) waits for factorial(${n - 1}).`}</li>
        ))}
      </ol>
      <button type="button" disabled={!ready || last === 0} onClick={() => setCalls([...calls, last - 1])}>
        Next call
      </button>
    </div>
  )
}
