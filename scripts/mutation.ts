/**
 * `npm run test:mutation`: how much of a change in the product the tests would notice. Arguments are
 * passed on to Stryker; `--engine` adds the engine tests. See CONTRIBUTING.md.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './pack';
import { runScript, type Script } from './support/script';

const REPORT = join(ROOT, 'reports', 'mutation', 'mutation.json');

interface Report {
	readonly files: Readonly<Record<string, { mutants: ReadonlyArray<{ status: string }> }>>;
}

/** `nodes/shared/wire/xml.ts` is in the room `wire`, a vendor is a room, and so are all n8n nodes. */
const roomOf = (file: string): string =>
	/^nodes\/(?:shared|vendors)\/(\w+)/.exec(file)?.[1] ?? 'nodes';

const COLUMNS = ['Killed', 'Timeout', 'Survived', 'NoCoverage', 'RuntimeError'] as const;

type Tally = Record<(typeof COLUMNS)[number], number>;

function tallyRooms({ files }: Report): ReadonlyMap<string, Tally> {
	const rooms = new Map<string, Tally>();
	for (const [file, { mutants }] of Object.entries(files)) {
		const tally = rooms.get(roomOf(file)) ?? {
			Killed: 0,
			Timeout: 0,
			Survived: 0,
			NoCoverage: 0,
			RuntimeError: 0,
		};
		rooms.set(roomOf(file), tally);
		for (const { status } of mutants) if (status in tally) tally[status as keyof Tally] += 1;
	}
	return rooms;
}

/** Noticed changes, of those that ran; a mutant that cannot even be loaded says nothing. */
function scoreOf({ Killed, Timeout, Survived, NoCoverage }: Tally): string {
	const valid = Killed + Timeout + Survived + NoCoverage;
	return valid === 0 ? '-' : `${(((Killed + Timeout) / valid) * 100).toFixed(1)} %`;
}

function printRooms(report: Report): void {
	const rows = [...tallyRooms(report)].map(([room, tally]) => [
		room,
		scoreOf(tally),
		...COLUMNS.map((column) => String(tally[column])),
	]);
	for (const cells of [['room', 'score', ...COLUMNS], ...rows]) {
		console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(16) : cell.padStart(13))).join(''));
	}
}

async function runStryker(script: Script, args: readonly string[]): Promise<number> {
	const stryker = join(ROOT, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
	const child = spawn(
		process.execPath,
		[stryker, 'run', ...args.filter((one) => one !== '--engine')],
		{
			cwd: ROOT,
			env: { ...process.env, N8N_M2M_MUTATION_ENGINE: args.includes('--engine') ? '1' : '0' },
			stdio: 'inherit',
		},
	);
	const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
	script.onEnd(async () => {
		child.kill('SIGTERM');
		await closed;
		await rm(join(ROOT, '.stryker-tmp'), { recursive: true, force: true });
	});
	return (await closed) ?? 1;
}

runScript(async (script) => {
	await rm(REPORT, { force: true });
	const exitCode = await runStryker(script, process.argv.slice(2));
	if (existsSync(REPORT)) printRooms(JSON.parse(await readFile(REPORT, 'utf8')) as Report);
	return exitCode;
});
