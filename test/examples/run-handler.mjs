/**
 * Runs an example's Lambda code as Lambda would: arguments are the handler's file and the event. The AWS SDK is the real one and
 * is pointed at a local endpoint by its own environment variable; only the vendors' APIs, which are not AWS, are answered here.
 */
const [, , file, event] = process.argv;
globalThis.fetch = async () => new Response('{}', { status: 200, headers: { 'content-type': 'application/json' } });
const { handler } = await import(file);
process.stdout.write(JSON.stringify(await handler(JSON.parse(event))));
