// The stand-in for the webhook, in a container.
import { endsOn, followed, log } from './program.ts';
import { webhookServer } from './webhook-server.ts';

endsOn(() => 0);
const control = followed('webhook', () => {});
await webhookServer('::', Number(process.argv[2]), control);
control.ready();
log(`stand-in for a webhook, listening on ${process.argv[2]}`);
