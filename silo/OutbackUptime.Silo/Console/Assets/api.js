// The API, as the page uses it. A session that has ended sends the page to the sign-in.
let csrf = '';

async function call(path, options = {}) {
  const response = await fetch(`/api/v1${path}`, { credentials: 'same-origin', ...options, headers: { Accept: 'application/json', ...options.headers } });
  if (response.status === 401) {
    location.assign(`/signin?returnUrl=${encodeURIComponent(location.pathname + location.hash)}`);
    throw new Error('signed out');
  }
  const text = await response.text();
  const body = text ? JSON.parse(text) : null;
  if (!response.ok) throw new Error(body?.detail ?? body?.title ?? `The silo answered ${response.status}.`);
  return body;
}

export const get = path => call(path);

export const post = (path, body) => call(path, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRF': csrf }, body: body === undefined ? undefined : JSON.stringify(body) });

export async function me() {
  const answer = await get('/me');
  csrf = answer.csrf;
  return answer;
}

export async function signOut() {
  await fetch('/signout', { method: 'POST', credentials: 'same-origin', headers: { 'X-CSRF': csrf } });
  location.assign('/signin');
}
