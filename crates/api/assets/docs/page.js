// Relative, so that the page also works below a path of a reverse proxy.
SwaggerUIBundle({
  dom_id: '#docs',
  url: new URL('openapi.json', document.baseURI).href,
  deepLinking: true,
  displayRequestDuration: true,
  filter: true,
  persistAuthorization: false,
  presets: [SwaggerUIBundle.presets.apis],
  tryItOutEnabled: true,
  validatorUrl: null,
});
