import { useEffect, useState } from 'react'
import { browser } from 'wxt/browser'
import { i18n } from '../locales/i18n.ts'
import { readStaffSession } from '../storage/staff-session.ts'
import { leaveTo } from './leave-to.ts'

/** For course staff who are signed in: what they say of this page's textbook, whether it is granted or not. */
export function StaffLink() {
  const [isStaff, setStaff] = useState(false)
  useEffect(() => void readStaffSession().then((session) => setStaff(session !== undefined)), [])
  if (!isStaff) return null
  return (
    <button type="button" className="link" onClick={() => void leaveTo(openStaffPage())}>
      {i18n.t('staff.open_here')}
    </button>
  )
}

/** That the popup was opened over it lets the staff page see the tab's page, and pick there. */
async function openStaffPage(): Promise<unknown> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true })
  return browser.tabs.create({ url: browser.runtime.getURL(`/staff.html?tab=${tab?.id ?? ''}`) })
}
