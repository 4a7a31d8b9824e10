/**
 * `npm start`: shows the package at work in a real n8n, without an account at a vendor. Installs what
 * is missing, starts the simulated vendors with their console and n8n with the examples in it, runs
 * the report of the fleet, and stays until Ctrl-C.
 */
import { parseArgs } from 'node:util';
import {
	Explained,
	N8N_2,
	ensureN8n,
	hasN8n,
	nextFreePort,
	requirePort,
	startN8n,
} from '../test/harness';
import { localized } from '../test/harness/language.cjs';
import { packedPackage } from './pack';
import { quickStartEnvironment } from './support/quickStart';
import { FLEET_SIZE, startDemo } from './support/startDemo';
import { screenful } from './support/screenful';
import { needs } from './support/needs.cjs';
import { runScript } from './support/script';
import { step } from './support/step';

const DEFAULT_PORT = 5678;
const DEFAULT_CONSOLE_PORT = 8088;
const DEFAULT_CARDS = 200;

const USAGE = 'npm start -- [--once] [--port 5678] [--console-port 8088] [--cards 200]';

interface Flags {
	once: boolean;
	/** Of the editor. */
	port: number;
	/** Of the console. */
	consolePort: number;
	/** How many cards the report covers. */
	cards: number;
}

runScript(async (script) => {
	const flags = await readFlags(process.argv.slice(2));
	// Whoever has just been told by what installed the development packages is not told again.
	if (!(await hasN8n(N8N_2)) && !process.env.N8N_M2M_NEEDS_TOLD) console.log(`${needs()}\n`);
	const packageTarball = await packedPackage(async (build) =>
		step(localized('Building and packing the package', '正在构建并打包'), build),
	);
	await ensureN8n(N8N_2, console.log);
	const title = localized(
		`Starting n8n ${N8N_2} with the package, the simulated platforms and their console`,
		`正在启动装有本包的 n8n ${N8N_2}、模拟平台及其控制台`,
	);
	const demo = await step(title, async () =>
		startDemo(script, {
			...flags,
			startN8n: async (database) =>
				startN8n({
					...{ version: N8N_2, packageTarball, port: flags.port, log: console.log },
					...(database !== undefined && { database }),
					env: await quickStartEnvironment(),
				}),
		}),
	);
	const report = await step(
		localized(
			`Running “${demo.report.title}” on ${count(flags.cards)} cards`,
			`正在对 ${count(flags.cards)} 张卡运行“${demo.report.title}”`,
		),
		demo.runReport,
	);
	console.log(`\n${screenful(demo, report)}`);
	if (flags.once) return 0;

	await script.untilInterrupted();
	console.log(localized('\nStopping …', '\n正在停止 …'));
	return 0;
});

const count = (cards: number): string => cards.toLocaleString('en-US');

async function readFlags(args: string[]): Promise<Flags> {
	try {
		const { values } = parseArgs({
			args,
			options: {
				once: { type: 'boolean', default: false },
				port: { type: 'string' },
				'console-port': { type: 'string' },
				cards: { type: 'string', default: String(DEFAULT_CARDS) },
			},
		});
		const port = async (flag: 'port' | 'console-port', first: number) => {
			const given = values[flag];
			if (given === undefined) return await nextFreePort(first);
			return await requirePort(wholeNumber(flag, given, 65_535));
		};
		return {
			once: values.once,
			port: await port('port', DEFAULT_PORT),
			consolePort: await port('console-port', DEFAULT_CONSOLE_PORT),
			cards: wholeNumber('cards', values.cards, FLEET_SIZE),
		};
	} catch (error) {
		if (error instanceof Explained) throw error;
		const reason = error instanceof Error ? error.message : String(error);
		throw new Explained(localized(`${reason}\nUsage: ${USAGE}`, `${reason}\n用法：${USAGE}`));
	}
}

function wholeNumber(flag: string, text: string, highest: number): number {
	const value = Number(text);
	if (Number.isInteger(value) && value >= 1 && value <= highest) return value;
	throw new Explained(
		localized(
			`--${flag} takes a whole number from 1 to ${highest}, not "${text}".`,
			`--${flag} 须为 1 到 ${highest} 的整数，而不是“${text}”。`,
		),
	);
}
