import type { INodeParameters } from 'n8n-workflow';

import { SimBatchApi } from '../../credentials/SimBatchApi.credentials';
import { M2mCard } from '../../nodes/M2m/M2mCard.node';
import { simBatchExamples } from '../examples/simBatch';
import { startSimBatchSimulator, type SimBatchSimulator } from '../simulator';
import { expectOutputPreview } from '../support/schemaFile';
import { testCredential } from './credentialTest';
import { runInEngine, type EngineResult, type EngineRun } from './engine';

let simulator: SimBatchSimulator;

beforeAll(async () => {
	simulator = await startSimBatchSimulator({ cards: 10_000 });
});

afterAll(async () => await simulator.close());

beforeEach(() => {
	simulator.faults.clear();
	simulator.requests.clear();
	simulator.latencyMs = 0;
	Object.assign(simulator.settings, {
		resultShape: 'array',
		noneAs: 'error',
		balanceUnit: 'KB',
		extraRow: false,
	});
});

type More = Partial<Omit<EngineRun, 'parameters'>> & { readonly parameters?: INodeParameters };

/** One item for each text of numbers. */
const run = async (
	numbers: readonly unknown[],
	{ parameters, ...more }: More = {},
): Promise<EngineResult> =>
	await runInEngine({
		node: new M2mCard(),
		credentialTypes: [new SimBatchApi()],
		credentials: { simBatchApi: { baseUrl: simulator.url } },
		parameters: {
			resource: 'simBatch',
			operation: 'getMany',
			identifiers: '={{ $json.numbers }}',
			...parameters,
		},
		items: numbers.map((text) => ({ numbers: text as string })),
		...more,
	});

const imei = (index: number) => simulator.fleet.cardAt(index).imei;
const iccid = (index: number) => simulator.fleet.cardAt(index).iccid;
const seriesOf = (number: (index: number) => string, count: number, from = 0) =>
	Array.from({ length: count }, (_, at) => number(from + at));

const UNKNOWN = '350000000000006';
const NOT_FOUND = {
	identifier: UNKNOWN,
	found: false,
	serviceNumber: null,
	imei: null,
	iccid: null,
	status: null,
	statusCode: null,
	activatedAt: null,
	expiresAt: null,
	remainingDataKb: null,
	remainingDataMb: null,
	hint: '',
};

const callsMade = () =>
	simulator.requests.list().map(({ body }) => {
		const { imeis, update } = JSON.parse(body) as { imeis: string; update: boolean };
		return { numbers: imeis.split(','), update };
	});

const identifiersIn = ({ items }: EngineResult) =>
	items.map(({ json, pairedItem }) => [
		json.identifier,
		(pairedItem as { item: number } | undefined)?.item,
	]);

test.each(Object.entries(simBatchExamples))(
	'%s gives its output preview',
	async (name, example) => {
		const { items, error } = await run([], {
			parameters: example.parameters,
			items: example.items,
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.found)).toEqual([true, true, true, false]);
		expectOutputPreview(
			'M2m',
			name,
			items.map(({ json }) => json),
		);
	},
);

describe('what comes out', () => {
	test('has the same fields, whether a number was found, not found or spoilt', async () => {
		const { items } = await run([`${imei(0)} ${UNKNOWN} 89860423191970400000`]);
		const fields = items.map(({ json }) => Object.keys(json).sort());
		expect(fields).toEqual([fields[0], fields[0], fields[0]]);
	});

	test('one item an identifier, in the order given, typed and named', async () => {
		const index = 3;
		const row = simulator.rowAt(index);
		const { items } = await run([`${iccid(index)} ${UNKNOWN}`]);
		expect(items.map(({ json }) => json)).toEqual([
			{
				identifier: iccid(index),
				found: true,
				serviceNumber: row.ServiceNum,
				imei: imei(index),
				iccid: iccid(index),
				status: row.Status === 1 ? 'active' : 'suspended',
				statusCode: row.Status,
				activatedAt: row.ActiveTS,
				expiresAt: row.ExpireTS,
				remainingDataKb: simulator.remainingKbAt(index),
				remainingDataMb: Math.round((simulator.remainingKbAt(index) / 1024) * 100) / 100,
				hint: '',
			},
			NOT_FOUND,
		]);
	});

	test('with simplify off the row is as it came', async () => {
		const { items } = await run([`${imei(1)} ${UNKNOWN}`], { parameters: { simplify: false } });
		expect(items.map(({ json }) => json)).toEqual([
			simulator.rowAt(1),
			{ identifier: UNKNOWN, found: false },
		]);
	});

	test('repetitions, each as it was written, from one question', async () => {
		const withLetters = seriesOf(iccid, 50).find((number) => /[A-F]/.test(number)) ?? '';
		const lower = withLetters.toLowerCase();
		expect(lower).not.toBe(withLetters);
		const result = await run([
			`${withLetters},${imei(0)},${lower}`,
			lower,
			`${imei(0)} ${UNKNOWN}`,
		]);
		expect(identifiersIn(result)).toEqual([
			[withLetters, 0],
			[imei(0), 0],
			[lower, 0],
			[lower, 1],
			[imei(0), 2],
			[UNKNOWN, 2],
		]);
		expect(result.items.map(({ json }) => json.found)).toEqual([
			true,
			true,
			true,
			true,
			true,
			false,
		]);
		expect(callsMade()).toEqual([
			{ numbers: [withLetters], update: false },
			{ numbers: [imei(0), UNKNOWN], update: false },
		]);
	});

	test.each([
		['a JSON text', { resultShape: 'string' }],
		['with a row that was not asked for', { extraRow: true }],
	] as const)('the same when the result comes as %s', async (_what, settings) => {
		Object.assign(simulator.settings, settings);
		const result = await run([`${imei(7)},${imei(4)}`]);
		expect(result.items.map(({ json }) => json.iccid)).toEqual([iccid(7), iccid(4)]);
	});

	test.each(['error', 'empty', 'null'] as const)(
		'not found, where the platform says "none" as %s',
		async (noneAs) => {
			simulator.settings.noneAs = noneAs;
			const { items } = await run([UNKNOWN]);
			expect(items.map(({ json }) => json)).toEqual([NOT_FOUND]);
		},
	);

	test('a list from an expression, and a number', async () => {
		const result = await run([[imei(0), Number(imei(1))], Number(imei(2))]);
		expect(identifiersIn(result)).toEqual([
			[imei(0), 0],
			[imei(1), 0],
			[imei(2), 1],
		]);
	});
});

describe('calls', () => {
	test('45 IMEI and 30 ICCID over five items are five', async () => {
		const numbers = Array.from({ length: 5 }, (_, at) =>
			[...seriesOf(imei, 9, at * 9), ...seriesOf(iccid, 6, at * 6)].join('\n'),
		);
		const result = await run(numbers);
		expect(identifiersIn(result)).toEqual(
			numbers.flatMap((text, item) => text.split('\n').map((number) => [number, item])),
		);
		expect(result.items.every(({ json }) => json.found)).toBe(true);
		expect(
			callsMade()
				.map((call) => call.numbers.length)
				.sort(),
		).toEqual([10, 20, 20, 20, 5]);
		expect(result.credentialReads).toBe(1);
	});

	test('realtime is asked for by those items that want it', async () => {
		const items = [true, false, true].map((live, index) => ({ numbers: imei(index), live }));
		const parameters = { realtime: '={{ $json.live }}' };
		const result = await run([], { items, parameters });
		expect(callsMade()).toEqual([
			{ numbers: [imei(0), imei(2)], update: true },
			{ numbers: [imei(1)], update: false },
		]);
		expect(result.items.map(({ json }) => json.remainingDataKb)).toEqual([
			simulator.remainingKbAt(0, true),
			simulator.remainingKbAt(1, false),
			simulator.remainingKbAt(2, true),
		]);
	});

	test('run side by side, up to Concurrency', async () => {
		simulator.latencyMs = 200;
		const parameters = { options: { concurrency: 4 } };
		const result = await run([seriesOf(imei, 200).join(' ')], { parameters });
		expect(identifiersIn(result)).toEqual(seriesOf(imei, 200).map((number) => [number, 0]));
		expect(callsMade()).toHaveLength(10);
		expect(simulator.requests.maxConcurrent).toBe(4);
	});

	test('take the strictest Concurrency and the longest Timeout of their items', async () => {
		simulator.latencyMs = 300;
		const parameters = {
			options: { concurrency: '={{ $json.concurrency }}', timeout: '={{ $json.timeout }}' },
		};
		// Two items to a call: the first would give up, the second has time and wants no company.
		const items = [...Array(4).keys()].flatMap((call) => [
			{ numbers: seriesOf(imei, 10, 20 * call).join(), concurrency: 4, timeout: 50 },
			{ numbers: seriesOf(imei, 10, 20 * call + 10).join(), concurrency: 1, timeout: 10_000 },
		]);
		const result = await run([], { items, parameters });
		expect(result.error).toBeUndefined();
		expect(callsMade()).toHaveLength(4);
		expect(simulator.requests.maxConcurrent).toBe(1);
	});

	test.each([
		['over as many items', (all: string[]) => all],
		['in one item', (all: string[]) => [all.join(',')]],
	])(
		'10,000 numbers %s are 500',
		async (_what, numbersOf) => {
			const all = seriesOf(imei, 10_000);
			const result = await run(numbersOf(all));
			expect(simulator.requests.list()).toHaveLength(500);
			expect(result.items.map(({ json }) => json.identifier)).toEqual(all);
			expect(result.items.every(({ json }) => json.found)).toBe(true);
		},
		120_000,
	);
});

describe('a call that fails', () => {
	/** Three items: the first call holds 0 and half of 1, the second the rest of 1 and 2. */
	const threeItems = () =>
		[seriesOf(imei, 15), seriesOf(imei, 10, 15), seriesOf(imei, 5, 25)].map((part) =>
			part.join(' '),
		);

	beforeEach(() => simulator.faults.add({ match: imei(25), fault: 'code', value: '系统繁忙' }));

	test('stops the run', async () => {
		const { error, items } = await run(threeItems());
		expect(items).toEqual([]);
		expect(error?.message).toBe('SIM batch platform refused: 系统繁忙');
		expect(error?.description).toContain('ask the platform');
		expect(error?.context?.itemIndex).toBe(1);
	});

	test('stops calls that have not started', async () => {
		const all = [imei(25), ...seriesOf(imei, 500, 100)].join(' ');
		simulator.latencyMs = 10;
		await run([all], { parameters: { options: { concurrency: 2 } } });
		expect(simulator.requests.list().length).toBeLessThan(5);
	});

	test('fails the items with a number in it, and no other', async () => {
		const result = await run(threeItems(), { onError: 'continueRegularOutput' });
		expect(result.error).toBeUndefined();
		expect(result.items.slice(0, 15).every(({ json }) => json.found)).toBe(true);
		expect(result.items.slice(15).map(({ json, pairedItem }) => ({ json, pairedItem }))).toEqual(
			[1, 2].map((item) => ({
				json: {
					error: 'SIM batch platform refused: 系统繁忙',
					message: '系统繁忙',
					details: { code: 'REFUSED', advice: expect.stringContaining('ask the platform') },
				},
				pairedItem: expect.objectContaining({ item }),
			})),
		);
		expect(simulator.requests.list()).toHaveLength(2);
	});

	test('goes to the error output', async () => {
		const result = await run(threeItems(), { onError: 'continueErrorOutput' });
		expect(result.items).toHaveLength(15);
		expect(result.errorItems).toMatchObject([
			{ json: { message: '系统繁忙', details: { code: 'REFUSED' } }, pairedItem: { item: 1 } },
			{ json: { message: '系统繁忙', details: { code: 'REFUSED' } }, pairedItem: { item: 2 } },
		]);
	});

	test.each([
		['hang', 'did not answer in time', 'TIMEOUT'],
		['reset', 'broke before its reply was complete', 'CONNECTION_LOST'],
		['http-500', 'error page instead of data (HTTP 500', 'HTTP_500'],
		['http-404', 'error page instead of data (HTTP 404', 'HTTP_404'],
		['truncated', 'was cut off', 'TRUNCATED_REPLY'],
		['empty', 'sent an empty reply', 'EMPTY_REPLY'],
	] as const)('on the way: %s', async (fault, words, code) => {
		simulator.faults.clear();
		simulator.faults.add({ fault, times: 1 });
		const { items } = await run([imei(0), iccid(1)], {
			parameters: { options: { timeout: 300, concurrency: 1 } },
			onError: 'continueRegularOutput',
		});
		expect(items).toHaveLength(2);
		expect(items[0]?.json.error).toContain(words);
		expect(items[0]?.json.details).toMatchObject({ code });
		expect(items[1]?.json).toMatchObject({ identifier: iccid(1), found: true });
		expect(simulator.requests.list()).toHaveLength(2);
	});
});

describe('a number that is neither', () => {
	test('is named before anything is sent', async () => {
		const { error } = await run([imei(0), `${imei(1)} 1064800000001`, imei(2)]);
		expect(error?.message).toBe('Identifiers "1064800000001" is neither an IMEI nor an ICCID');
		expect(error?.context?.itemIndex).toBe(1);
		expect(simulator.requests.list()).toEqual([]);
	});

	test('does not spoil the group', async () => {
		const result = await run([imei(0), 'nonsense', '', imei(2)], {
			onError: 'continueRegularOutput',
		});
		expect(result.items.map(({ json }) => json.identifier ?? json.error)).toEqual([
			imei(0),
			'Identifiers "nonsense" is neither an IMEI nor an ICCID',
			'Identifiers is empty',
			imei(2),
		]);
		expect(callsMade()).toEqual([{ numbers: [imei(0), imei(2)], update: false }]);
	});

	test('in every item sends nothing', async () => {
		const result = await run(['a', 'b'], { onError: 'continueErrorOutput' });
		expect(result.items).toEqual([]);
		expect(result.errorItems).toHaveLength(2);
		expect(simulator.requests.list()).toEqual([]);
	});
});

describe('the credential', () => {
	const tryBaseUrl = async (baseUrl: string) =>
		await testCredential(new M2mCard(), 'simBatchApi', { baseUrl });

	test.each(['error', 'empty', 'null'] as const)(
		'is right when "none" comes as %s',
		async (noneAs) => {
			simulator.settings.noneAs = noneAs;
			expect(await tryBaseUrl(simulator.url)).toEqual({
				status: 'OK',
				message: 'Connection successful',
			});
			expect(callsMade()).toEqual([{ numbers: [UNKNOWN], update: false }]);
		},
	);

	test.each([
		['http-500', 'error page instead of data (HTTP 500'],
		['empty', 'sent an empty reply'],
		['reset', 'broke before its reply was complete'],
		['code', 'refused: IP未授权'],
	] as const)('is refused with the cause: %s', async (fault, words) => {
		simulator.faults.add({ fault, value: 'IP未授权' });
		expect(await tryBaseUrl(simulator.url)).toEqual({
			status: 'Error',
			message: expect.stringContaining(words),
		});
	});

	test.each([
		['another path', () => `${simulator.url}/elsewhere`, 'error page instead of data (HTTP 404'],
		['nobody', () => 'http://127.0.0.1:9', 'could not be reached'],
		['no address', () => 'not an address', 'is not valid'],
	])('is refused at %s', async (_what, baseUrl, words) => {
		expect(await tryBaseUrl(baseUrl())).toEqual({
			status: 'Error',
			message: expect.stringMatching(new RegExp(`${words.replace('(', '\\(')}.*Base URL`)),
		});
	});

	test('is the only one that the resource asks for, and no other resource does', () => {
		const { credentials = [] } = new M2mCard().description;
		expect(credentials.map(({ name, displayOptions }) => [name, displayOptions])).toEqual([
			['m2mCardApi', { hide: { resource: ['simBatch', 'fleet'] } }],
			['simBatchApi', { show: { resource: ['simBatch'] } }],
		]);
	});
});

test('a card that is not found is hinted at where its number looks spoilt', async () => {
	const [rounded, filled] = ['89860423191970400000', '8986042319197045483F'];
	const { items } = await run([`${rounded}, ${filled}, ${UNKNOWN}`]);
	expect(items.map(({ json }) => json.hint)).toEqual([
		expect.stringContaining('only 15 digits'),
		expect.stringContaining('without the F'),
		'',
	]);
});
