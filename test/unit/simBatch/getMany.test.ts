import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Environment, VendorClient } from '../../../nodes/shared/contracts/operation';
import { packBatches, runBatched } from '../../../nodes/shared/action/batches';
import { getMany } from '../../../nodes/vendors/simBatch';
import {
	identifiers,
	type Identifier,
	type IdentifierKind,
} from '../../../nodes/vendors/simBatch/identifiers';
import { simBatch } from '../../../nodes/vendors/simBatch/protocol';
import { countWork } from '../../support/countWork';
import { ONE_BY_ONE } from '../../support/client';

const imei = (serial: number): Identifier => ({
	kind: 'IMEI',
	text: `35${String(serial).padStart(13, '0')}`,
});

const iccid = (serial: number): Identifier => ({
	kind: 'ICCID',
	text: `8986${String(serial).padStart(16, '0')}`,
});

const seriesOf = (make: (serial: number) => Identifier, count: number, from = 0) =>
	Array.from({ length: count }, (_, at) => make(from + at));

interface Item {
	identifiers: readonly Identifier[];
	realtime?: boolean;
}

const callsFor = (items: readonly Item[]) => {
	const questions = items.flatMap(({ identifiers, realtime = false }) =>
		getMany.entries({ identifiers, realtime }),
	);
	return packBatches(questions, getMany.batchSize).batches.map((batch) => {
		const { imeis, update } = getMany.batchRequest(batch).body as Record<string, unknown>;
		return { numbers: String(imeis).split(','), update };
	});
};

const kindIn = (numbers: readonly string[]): Set<IdentifierKind> =>
	new Set(numbers.map((number) => (number.startsWith('89') ? 'ICCID' : 'IMEI')));

describe('calls', () => {
	test('45 IMEI and 30 ICCID over five items are five', () => {
		const items = Array.from({ length: 5 }, (_, at) => ({
			identifiers: [...seriesOf(iccid, 6, at * 6), ...seriesOf(imei, 9, at * 9)],
		}));
		const calls = callsFor(items);
		expect(calls.map(({ numbers }) => numbers.length).sort()).toEqual([10, 20, 20, 20, 5].sort());
		for (const { numbers } of calls) expect(kindIn(numbers).size).toBe(1);
		expect(calls.flatMap(({ numbers }) => numbers).sort()).toEqual(
			items.flatMap(({ identifiers }) => identifiers.map(({ text }) => text)).sort(),
		);
	});

	test.each([
		[1, 1],
		[20, 1],
		[21, 2],
		[40, 2],
		[10_000, 500],
	])('%i numbers in as many items, or in one, are %i', (count, calls) => {
		const all = seriesOf(imei, count);
		expect(callsFor(all.map((one) => ({ identifiers: [one] })))).toHaveLength(calls);
		expect(callsFor([{ identifiers: all }])).toHaveLength(calls);
	});

	test('ask a repeated number once, over all items and without case', () => {
		const lower: Identifier = { kind: 'ICCID', text: '898604231919c0083314' };
		const upper: Identifier = { kind: 'ICCID', text: '898604231919C0083314' };
		expect(callsFor([{ identifiers: [lower, upper] }, { identifiers: [upper] }])).toEqual([
			{ numbers: ['898604231919c0083314'], update: false },
		]);
	});

	test('never mix realtime with yesterday, also for the same number', () => {
		const items = [
			{ identifiers: seriesOf(imei, 12) },
			{ identifiers: seriesOf(imei, 12), realtime: true },
			{ identifiers: seriesOf(imei, 12, 6) },
		];
		expect(callsFor(items)).toEqual([
			{ numbers: seriesOf(imei, 18).map(({ text }) => text), update: false },
			{ numbers: seriesOf(imei, 12).map(({ text }) => text), update: true },
		]);
	});
});

const environment: Environment = {
	now: () => 0,
	random: () => '',
	sleep: async () => {},
	timeZone: 'UTC',
};

const one = (client: VendorClient<unknown>) => ({
	clientFor: () => client,
	limitOf: () => 1,
	stopsAfter: () => false,
});

describe('the work grows with the numbers and no faster', () => {
	/** A platform that knows every number it is asked for. */
	const client: VendorClient<unknown> = {
		environment,
		continueOnFail: false,
		account: '',
		...ONE_BY_ONE,
		send: async ({ body }) => {
			const { imeis } = body as { imeis: string };
			const result = imeis.split(',').map((IMEI) => ({ IMEI, Balance: '1MB' }));
			const text = JSON.stringify({ state: true, result, error: '' });
			return simBatch.parseResponse({ status: 200, contentType: '', text });
		},
	};
	const work = async (typed: readonly string[]): Promise<number> => {
		let found = 0;
		const steps = await countWork(async () => {
			const inputs = typed.map((text) => ({
				parameters: { identifiers: identifiers.parse(text, environment), realtime: false },
				settings: { concurrency: 1, requestInterval: 0, timeout: 1_000 },
			}));
			for (const outcome of await runBatched(getMany, inputs, one(client))) {
				if (outcome && 'result' in outcome) {
					found += outcome.result.filter(({ simplify }) => simplify().found).length;
				}
			}
		});
		expect(found).toBeGreaterThanOrEqual(10_000);
		return steps;
	};
	const textsOf = (count: number) => seriesOf(imei, count).map(({ text }) => text);

	test.each<[string, (count: number) => string[]]>([
		['over as many items', textsOf],
		['in one item', (count) => [textsOf(count).join('\n')]],
		['the same in every item', (count) => textsOf(count).fill('352019040635785')],
	])('20,000 %s', async (_what, typed) => {
		const small = await work(typed(10_000));
		const large = await work(typed(20_000));
		expect(large / small).toBeLessThan(2.05);
		expect(large).toBeLessThan(20_000 * 60);
	});
});

describe('answers', () => {
	/** The sample of the document, which prints it escaped twice. */
	const replyOfTheDocument = () => {
		const file = join(__dirname, '..', '..', 'fixtures', 'simBatch', 'reply.json');
		return simBatch.parseResponse({
			status: 200,
			contentType: '',
			text: readFileSync(file, 'utf8'),
		});
	};
	const answer = ({ kind, text }: Identifier) => {
		const [question] = getMany.entries({ identifiers: [{ kind, text }], realtime: false });
		if (!question) throw new Error('No question');
		return getMany.rowFor(question, replyOfTheDocument());
	};

	test('are typed and named', () => {
		expect(answer({ kind: 'IMEI', text: '352019040635785' }).simplify()).toEqual({
			identifier: '352019040635785',
			found: true,
			serviceNumber: '460044352904839',
			imei: '352019040635785',
			iccid: '89860423191970454839',
			status: 'active',
			statusCode: 1,
			activatedAt: '2019-07-02T11:03:42',
			expiresAt: '2020-07-05T15:08:49',
			remainingDataKb: 8306,
			remainingDataMb: 8.11,
			hint: '',
		});
	});

	test.each(['898604231919C0083314', '898604231919c0083314'])(
		'have the identifier as this item wrote it: %s',
		(text) => {
			expect(answer({ kind: 'ICCID', text }).simplify()).toMatchObject({
				identifier: text,
				found: true,
				iccid: '898604231919c0083314',
				remainingDataKb: 4,
			});
		},
	);

	test('are the row as it came with simplify off', () => {
		expect(answer({ kind: 'IMEI', text: '352019040625281' }).raw).toEqual({
			ServiceNum: '460044352904000',
			IMEI: '352019040625281',
			ICCID: '89860423191970454000',
			Status: 1,
			ActiveTS: '2019-06-21T19:38:22',
			ExpireTS: '2019-06-22T14:29:44',
			Balance: '0KB',
		});
	});

	test.each<Identifier>([imei(1), iccid(1), { kind: 'IMEI', text: '89860423191970454839' }])(
		'say that %j is not known',
		(identifier) => {
			const notFound = { identifier: identifier.text, found: false };
			const { raw, simplify } = answer(identifier);
			expect(raw).toEqual(notFound);
			expect(simplify()).toEqual({
				...notFound,
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
			});
		},
	);

	test('to two items share no object, so that changing one leaves the other', () => {
		const reply = replyOfTheDocument();
		const [question] = getMany.entries({
			identifiers: [{ kind: 'IMEI', text: '352019040635785' }],
			realtime: false,
		});
		if (!question) throw new Error('No question');
		const [first, second] = [getMany.rowFor(question, reply), getMany.rowFor(question, reply)];
		expect(first.raw).toEqual(second.raw);
		expect(first.raw).not.toBe(second.raw);
		expect(first.simplify()).not.toBe(second.simplify());
	});

	test.each(['imei', 'Imei', 'IMEI'])('are found by %s', (name) => {
		const reply = simBatch.parseResponse({
			status: 200,
			contentType: '',
			text: JSON.stringify({
				State: 'true',
				RESULT: { list: [{ [name]: '352019040635785', BALANCE: '1MB', status: 1 }] },
			}),
		});
		const [question] = getMany.entries({
			identifiers: [{ kind: 'IMEI', text: '352019040635785' }],
			realtime: false,
		});
		expect(question && getMany.rowFor(question, reply).simplify()).toMatchObject({
			found: true,
			imei: '352019040635785',
			status: 'active',
			remainingDataKb: 1024,
			remainingDataMb: 1,
		});
	});

	test('are no "not found" where a row was not understood', async () => {
		const parsed = simBatch.parseResponse({
			status: 200,
			contentType: '',
			text: '{"state":true,"result":[{"IMEI":"352019040635785"},{"IMEI":"352019,?},{"x":1}]}',
		});
		const client = {
			environment,
			continueOnFail: false,
			account: '',
			...ONE_BY_ONE,
			send: async () => parsed,
		};
		const inputs = ['352019040635785', '352019040625281'].map((text) => ({
			parameters: { identifiers: identifiers.parse(text, environment), realtime: false },
			settings: { concurrency: 1, requestInterval: 0, timeout: 1_000 },
		}));
		const [known, unclear] = await runBatched(getMany, inputs, one(client));
		expect(known).toMatchObject({ result: [expect.anything()] });
		expect(unclear).toMatchObject({
			failure: { message: expect.stringContaining('352019040625281 may be among them') },
		});
	});

	test('keep a code that the document does not know, and missing values apart', () => {
		const reply = simBatch.parseResponse({
			status: 200,
			contentType: '',
			text: '{"state":true,"result":[{"IMEI":"352019040635785","Status":7},{"IMEI":"352019040625281"}]}',
		});
		const [known, bare] = getMany.entries({
			identifiers: [
				{ kind: 'IMEI', text: '352019040635785' },
				{ kind: 'IMEI', text: '352019040625281' },
			],
			realtime: false,
		});
		if (!known || !bare) throw new Error('No question');
		expect(getMany.rowFor(known, reply).simplify()).toMatchObject({
			status: 'unknown',
			statusCode: 7,
		});
		expect(getMany.rowFor(bare, reply).simplify()).toEqual({
			identifier: '352019040625281',
			found: true,
			serviceNumber: '',
			imei: '352019040625281',
			iccid: '',
			status: 'unknown',
			statusCode: null,
			activatedAt: '',
			expiresAt: '',
			remainingDataKb: null,
			remainingDataMb: null,
			hint: '',
		});
	});
});
