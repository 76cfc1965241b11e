import { i18n } from '../locales/i18n.ts'

type ListEndProps = {
  /** Asks for the next part; absent where all is shown. */
  more: (() => Promise<void>) | undefined
  /** What came of what was done last, or why nothing could be read. */
  said: string | undefined
}

/** What stands below a list: its next part, and a word about it. */
export function ListEnd({ more, said }: ListEndProps) {
  return (
    <>
      {more !== undefined && (
        <button type="button" className="quiet" onClick={() => void more()}>
          {i18n.t('staff.more')}
        </button>
      )}
      <p role="status" className="saved">
        {said}
      </p>
    </>
  )
}
