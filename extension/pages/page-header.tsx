import type { ReactNode } from 'react'

/** The head of a page: the mark, a title and a sentence. */
export function PageHeader({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="page-header">
      <img src="/icon/lectern.svg" alt="" width="44" height="44" />
      <div>
        <h1>{title}</h1>
        {children !== undefined && <p className="lead">{children}</p>}
      </div>
    </header>
  )
}
