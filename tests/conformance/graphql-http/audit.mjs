// Runs the GraphQL over HTTP audits against a running server.
//
//   npm ci && node audit.mjs http://127.0.0.1:8080/graphql wmk_...
//
// The address and the token may come from WAYMARK_GRAPHQL_URL and WAYMARK_TOKEN instead.
import { serverAudits } from 'graphql-http';

const EXPECTED = 61;
const url = process.argv[2] ?? process.env.WAYMARK_GRAPHQL_URL;
const token = process.argv[3] ?? process.env.WAYMARK_TOKEN;

if (!url) {
  console.error('usage: node audit.mjs <url of /graphql> [token]');
  process.exit(2);
}

function authorized(input, init = {}) {
  const headers = new Headers(init.headers);
  if (token) headers.set('authorization', `Bearer ${token}`);
  return fetch(input, { ...init, headers });
}

let passed = 0;
const audits = serverAudits({ url, fetchFn: authorized });
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status === 'ok') {
    passed += 1;
  } else {
    const status = result.response ? ` (answered ${result.response.status})` : '';
    console.log(`${result.status}: ${result.id} ${result.name}: ${result.reason}${status}`);
  }
}

console.log(`${passed} of ${audits.length} audits pass, ${EXPECTED} are expected`);
process.exit(passed === EXPECTED && audits.length === EXPECTED ? 0 : 1);
