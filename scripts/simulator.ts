/** `npm run simulator`: the vendors' platforms on this machine, with their console. */
import { startConsole } from '../console';
import { buildPage } from '../console/page/build';
import { nextFreePort } from '../test/harness/ports';
import { runSimulatorCommand } from '../test/simulator/cli';

const CONSOLE_PORT = 8088;

void runSimulatorCommand(process.argv.slice(2), async (vendors, host, port) =>
	startConsole({
		vendors,
		host,
		port: port ?? (await nextFreePort(CONSOLE_PORT)),
		page: await buildPage(),
	}),
);
