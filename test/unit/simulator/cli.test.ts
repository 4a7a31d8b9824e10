import { spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');

/** The command as `npm run simulator` runs it. */
const start = (...args: string[]) =>
	spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'scripts', 'simulator.ts'), ...args], {
		cwd: ROOT,
	});

/** What the command says until it ends, or until it says what `isEnough` waits for. */
async function listen(
	child: ReturnType<typeof start>,
	isEnough = (_output: string) => false,
): Promise<{ output: string; exitCode: number | null }> {
	return await new Promise((resolve) => {
		let output = '';
		const hear = (chunk: Buffer) => {
			output += chunk.toString();
			if (isEnough(output)) resolve({ output, exitCode: null });
		};
		child.stdout.on('data', hear);
		child.stderr.on('data', hear);
		child.on('close', (exitCode) => resolve({ output, exitCode }));
	});
}

test('--set changes how a vendor behaves, and Ctrl-C ends it', async () => {
	const child = start(
		...[
			'smsPlatform',
			'--no-console',
			'--port',
			'0',
			'--set',
			'answerBy=both',
			'--set',
			'answerText=a=b',
		],
		...['--set', 'deliveryDelayMs=5', '--set', 'refuseIp=true'],
	);
	const { output } = await listen(child, (said) => said.includes('Ctrl-C'));
	const [url] = /http:\S+(?=\/_simulator\/state)/.exec(output) ?? [];
	const { settings } = (await (await fetch(`${url}/_simulator/state`)).json()) as {
		settings: object;
	};
	expect(settings).toMatchObject({
		...{ answerBy: 'both', answerText: 'a=b', deliveryDelayMs: 5, refuseIp: true },
	});
	const ended = listen(child);
	child.kill('SIGINT');
	expect((await ended).exitCode).toBe(0);
}, 30_000);

test.each([
	[['--set', 'answerBy=telepathy'], '--set: The setting "answerBy" cannot be "telepathy"'],
	[['--set', 'colour=red'], '--set: No setting "colour"; there are: '],
	[['--set', 'answerBy'], '--set takes SETTING=VALUE, not "answerBy".'],
])(
	'%s is a mistake, told in a sentence',
	async (args, sentence) => {
		const { output, exitCode } = await listen(start('smsPlatform', '--port', '0', ...args));
		expect([exitCode, output]).toEqual([1, expect.stringContaining(sentence)]);
		expect(output).not.toContain('at ');
	},
	30_000,
);

test('without a name it starts all vendors and the console, and Ctrl-C ends them', async () => {
	const child = start('--port', '0', '--cards', '20', '--console-port', '0');
	const { output } = await listen(child, (said) => said.includes('Ctrl-C'));
	for (const title of ['M2M Card', 'SIM Batch', 'SMS Platform', 'Traffic Recharge']) {
		expect(output).toContain(`${title}\n  Base URL `);
	}
	expect(output).toContain('Password      DemoPassword01');
	const [, url = ''] = /Console: (http:\S+)/.exec(output) ?? [];
	const { vendors } = (await (await fetch(`${url}/api/overview`)).json()) as {
		vendors: Array<{ url: string }>;
	};
	for (const vendor of vendors) expect(output).toContain(vendor.url);
	expect(vendors).toHaveLength(4);
	expect(await (await fetch(url)).text()).toContain('<script type="module"');
	const ended = listen(child);
	child.kill('SIGINT');
	expect((await ended).exitCode).toBe(0);
}, 60_000);

test.each([
	[['--port', '8089'], '--port is for one vendor: name it'],
	[['--set', 'refuseIp=true'], '--set is for one vendor: name it'],
	[['nobody'], 'There is no vendor "nobody". There are: m2m, simBatch'],
])(
	'%s without a vendor is a mistake',
	async (args, sentence) => {
		const { output, exitCode } = await listen(start(...args));
		expect([exitCode, output]).toEqual([1, expect.stringContaining(sentence)]);
	},
	30_000,
);

test('--help names all that there is', async () => {
	const { output } = await listen(start('--help'));
	for (const word of ['--no-console', '--console-port', '8088', 'order-status', 'smsPlatform']) {
		expect(output).toContain(word);
	}
}, 30_000);
