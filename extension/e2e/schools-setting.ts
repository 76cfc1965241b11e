/** What the school of these tests sets for its machines; one field is not as it must be, and is passed over. */
export const schoolsSetting = {
  api_url: 'http://localhost:9',
  course: 'not a code',
  consent_recorded: true,
  server_history: false,
  sites: [
    {
      id: 'school-book',
      name: 'The school’s own book',
      patterns: ['https://books.school.example/*'],
      policy: 'allow',
    },
    { id: 'exam', name: 'Exam papers', patterns: ['https://exams.school.example/*'], policy: 'deny' },
  ],
}
