// The stand-in for a Webapp, in a container: HTTPS on 443.
import { askCoreapps } from './coreapp-link.ts';
import { databaseThere, endsOn, followed, log } from './program.ts';
import { webServer } from './web-server.ts';

endsOn(() => 0);
log(`stand-in for a Webapp, ${process.argv.slice(2).join(' ')}`);
const control = followed(process.env['WEBAPP_HOSTNAME'] ?? 'waweb', () => {});
// Unlike the Coreapp's, its start does not end on a database that is not there.
databaseThere();
await webServer({ host: '::', port: 443 }, control, askCoreapps, log);
control.ready();
log('listening on 443');
