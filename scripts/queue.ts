/**
 * `npm run test:queue`: tries the packed package in n8n's queue mode, with PostgreSQL, Redis and
 * five processes that are killed on the way. Arguments are passed on to jest.
 */
import { join } from 'node:path';
import { N8N_1, N8N_2, ensureN8n } from '../test/harness';
import { SERVICES_VARIABLE } from '../test/harness/queueServices';
import { packPackage } from './pack';
import { conclude, runJest } from './support/jest';
import { prepareQueueServices } from './support/queueServices';
import { runScript } from './support/script';
import { step } from './support/step';

runScript(async (script) => {
	const versions = [N8N_2, N8N_1] as const;
	for (const version of versions) await ensureN8n(version, console.log);
	const services = await prepareQueueServices(script, versions, console.log);
	const tarball = await step('Building and packing the package', packPackage);
	const config = join('test', 'jest.queue.config.js');
	const args = ['--config', config, '--runInBand', ...process.argv.slice(2)];
	const env = { N8N_M2M_TARBALL: tarball, [SERVICES_VARIABLE]: JSON.stringify(services) };
	return conclude([await runJest(script, args, env)]);
});
