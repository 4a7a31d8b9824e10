import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Explained } from '../test/harness';
import { ROOT } from '../scripts/pack';
import type { Script } from '../scripts/support/script';

/** A simulated vendor in a process of its own, so that it shares no event loop with who measures. */
export interface Vendor {
	readonly url: string;
	/** Milliseconds that each reply is held back, and by up to how many more or less. */
	setLatency(latencyMs: number, jitterMs?: number): Promise<void>;
	/** Above how many requests at once replies come late; Infinity: never. */
	choke(above: number): Promise<void>;
	/** Forgets the requests so far, and the memory that they took. */
	forgetRequests(): Promise<void>;
	/** What the vendor counted, for example `queries`. */
	state(): Promise<Record<string, unknown>>;
	changeSettings(settings: Record<string, unknown>): Promise<void>;
}

/** Starts a vendor of the simulator by its name, for example `m2m`. */
export async function startVendor(script: Script, name: string, cards: number): Promise<Vendor> {
	const simulator = join(ROOT, 'scripts', 'simulator.ts');
	const args = [simulator, name, '--port', '0', '--cards', String(cards)];
	const child = spawn(process.execPath, [...process.execArgv, ...args], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	script.onEnd(async () => void child.kill('SIGTERM'));
	const url = await new Promise<string>((resolve, reject) => {
		let output = '';
		child.stdout.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			const [, found] = /Base URL\s+(\S+)[^]*Ctrl-C/.exec(output) ?? [];
			if (found) resolve(found);
		});
		child.on('exit', () => reject(new Explained(`The simulator "${name}" did not start.`)));
	});

	const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
		const response = await fetch(`${url}/_simulator${path}`, {
			method,
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const answer: unknown = await response.json();
		if (!response.ok) throw new Error(`${method} ${path} of ${name}: ${JSON.stringify(answer)}`);
		return answer;
	};
	const changeSettings = async (settings: Record<string, unknown>) =>
		void (await control('PATCH', '/settings', settings));
	return {
		url,
		setLatency: async (latencyMs, jitterMs = 0) => await changeSettings({ latencyMs, jitterMs }),
		choke: async (above) =>
			await changeSettings({ chokeAbove: Number.isFinite(above) ? above : null }),
		forgetRequests: async () => void (await control('DELETE', '/requests')),
		state: async () => (await control('GET', '/state')) as Record<string, unknown>,
		changeSettings,
	};
}
