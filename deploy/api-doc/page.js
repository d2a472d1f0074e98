// Apart from the page, whose policy forbids scripts inside it.
window.ui = SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#documentation',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  // Nothing is sent anywhere: the public validator would be asked otherwise.
  validatorUrl: null,
});
