/** A lesson whose elements hold state, act, or name each other: what a second copy of a page puts at risk. */
export const interactiveLesson = `
<article id="lesson">
  <h1 data-block="heading" id="top">Interactive</h1>
  <p data-block="paragraph">Choose. <a href="#end">To the end</a></p>
  <div class="tabs">
    <input type="radio" name="tabs" id="tab-1"><label for="tab-1">One</label>
    <input type="radio" name="tabs" id="tab-2" checked><label for="tab-2">Two</label>
  </div>
  <details name="group" id="first" open><summary>First</summary><p data-block="paragraph">First words.</p></details>
  <details name="group" id="second"><summary>Second</summary><p data-block="paragraph">Second words.</p></details>
  <form id="quiz" name="quiz"><input name="answer" value="start"><textarea name="why">none</textarea>
    <select name="choice"><option>a</option><option>b</option></select></form>
  <input type="radio" form="quiz" name="outside" value="1" id="outside-1">
  <input type="radio" form="quiz" name="outside" value="2" id="outside-2">
  <svg id="drawing" width="60" height="60"><defs><linearGradient id="ramp"><stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient>
    <circle id="dot" r="10"/></defs><rect width="60" height="30" fill="url(#ramp)"/><use href="#dot" x="30" y="45"/></svg>
  <p data-block="paragraph">A video: <video id="video" width="200" height="100" controls></video></p>
  <iframe id="frame" width="300" height="80" srcdoc="<p>inside"></iframe>
  <iframe id="pixel" width="1" height="1" srcdoc=""></iframe>
  <canvas id="canvas" width="120" height="40"></canvas>
  <live-counter id="counter"></live-counter>
  <live-mark></live-mark>
  <live-panel><p data-block="paragraph">Words in a panel.</p></live-panel>
  <script>window.runs = (window.runs ?? 0) + 1</script>
  <script type="text/late">window.runs += 1</script>
  <pre data-block="code" style="overflow: auto; width: 200px"><code>${'wide '.repeat(80)}</code></pre>
  ${Array.from({ length: 30 }, (_, i) => `<p data-block="paragraph" id="p${i}">Paragraph ${i}. ${'words '.repeat(40)}</p>`).join('\n  ')}
  <h2 data-block="heading" id="end" aria-describedby="p3">The end</h2>
</article>`

/** The page around it: style sheets by element and id, custom elements that count what was constructed. */
export const interactivePage = `<!doctype html><html lang="en"><head><style>
body { font: 16px/1.5 serif; margin: 0 40px } #lesson > :nth-child(even) { color: #336 } #drawing { display: block }
</style><script>
window.constructed = 0
customElements.define('live-counter', class extends HTMLElement {
  constructor() { super(); window.constructed++; this.attachShadow({ mode: 'open' }).append('0') }
})
for (const name of ['live-panel', 'live-mark'])
  customElements.define(name, class extends HTMLElement { constructor() { super(); window.constructed++ } })
</script></head><body><main>${interactiveLesson}</main></body></html>`
