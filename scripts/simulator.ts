/** `npm run simulator`: the vendors' platforms on this machine, with their console. */
import { startConsole } from '../console';
import { buildPage } from '../console/page/build';
import { nextFreePort } from '../test/harness/ports';
import { runSimulatorCommand } from '../test/simulator/cli';

const CONSOLE_PORT = 8088;
/** Others look for a free port at the same time, and may be first at it. */
const TRIES = 5;

void runSimulatorCommand(process.argv.slice(2), async (vendors, host, port) => {
	const page = await buildPage();
	for (let tries = 1; ; tries++) {
		const chosen = port ?? (await nextFreePort(CONSOLE_PORT));
		try {
			return await startConsole({ vendors, host, port: chosen, page });
		} catch (error) {
			if (port !== undefined || tries === TRIES) throw error;
		}
	}
});
