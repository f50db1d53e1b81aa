'use strict';
// The server writes the page; this only fetches it again, and says so when it cannot.
async function refresh() {
  const note = document.getElementById('note');
  try {
    const answer = await fetch('/dash/content', { cache: 'no-store' });
    if (!answer.ok) {
      note.textContent = 'The session is over: run "byway dashboard" for a new link.';
      return;
    }
    document.getElementById('content').innerHTML = await answer.text();
    note.textContent = '';
  } catch (e) {
    note.textContent = 'The agent does not answer.';
  }
  setTimeout(refresh, 2000);
}
setTimeout(refresh, 2000);
