// The page behind /graphiql. Built by build.mjs into graphiql.js and graphiql.css.
import { GraphiQL } from 'graphiql';
import React from 'react';
import { createRoot } from 'react-dom/client';

// Relative, so that the page also works below a path of a reverse proxy.
const endpoint = new URL('graphql', document.baseURI);

async function ask(operation, { headers } = {}) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json, application/json;q=0.9',
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(operation),
  });
  return response.json();
}

// GraphiQL remembers the headers of past queries, the token among them: what the browser stores has
// none.
function withoutHeaders(text) {
  try {
    return JSON.stringify(JSON.parse(text, (key, value) => (key === 'headers' ? undefined : value)));
  } catch {
    return text;
  }
}

const storage = {
  get length() {
    return localStorage.length;
  },
  clear: () => localStorage.clear(),
  getItem: (key) => localStorage.getItem(key),
  removeItem: (key) => localStorage.removeItem(key),
  setItem: (key, value) => localStorage.setItem(key, withoutHeaders(value)),
};

const welcome = `# Put your token into the "Headers" tab below, then press Ctrl-Shift-R to load the schema.
# The explorer of all types opens with the book at the top left. Ctrl-Enter runs the query.

{
  __typename
}
`;

createRoot(document.getElementById('graphiql')).render(
  <GraphiQL
    fetcher={ask}
    defaultQuery={welcome}
    defaultHeaders={'{\n  "Authorization": "Bearer wmk_..."\n}'}
    defaultEditorToolsVisibility="headers"
    shouldPersistHeaders={false}
    showPersistHeadersSettings={false}
    storage={storage}
  />,
);
