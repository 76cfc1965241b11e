/** Closes the popup once another page was opened. */
export async function leaveTo(page: Promise<unknown>): Promise<void> {
  await page
  close()
}
