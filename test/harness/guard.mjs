/**
 * Outlives the process that started it by a moment, to clean up after it: when standard input
 * closes, however that came about, it ends the last announced process with all of its children and
 * removes the given folder. Each line on standard input announces a process id; 0 stands for none.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [folder] = process.argv.slice(2);
let pid = 0;

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => (pid = Number(line)));
lines.on('close', () => {
	if (pid > 0) endWithChildren(pid);
	rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

// A Ctrl-C reaches every process of the terminal, but this one has its work still to do.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('SIGHUP', () => undefined);

function endWithChildren(leader) {
	try {
		if (process.platform === 'win32') execFileSync('taskkill', ['/T', '/F', '/PID', `${leader}`]);
		else process.kill(-leader, 'SIGKILL');
	} catch {
		// It has ended already.
	}
}
