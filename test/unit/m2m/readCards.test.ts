import { VendorError } from '../../../nodes/shared/contracts/errors';
import type { VendorClient } from '../../../nodes/shared/contracts/operation';
import { CARD_PARTS } from '../../../nodes/vendors/m2m/cardParts';
import type { M2mReply } from '../../../nodes/vendors/m2m/protocol';
import { readCards } from '../../../nodes/vendors/m2m/readCards';
import { ONE_BY_ONE } from '../../support/client';

const PATHS = ['/M2MSearchInfo.ashx', '/M2MSearchTermInfo.ashx', '/M2MSurplusFlow.ashx'];

const failed = (code: string, outcomeUnknown = false) =>
	new VendorError(`failed by ${code}`, { code, advice: 'Wait.', outcomeUnknown });

/** Reads a card whose parts are told, or fail, in this order. */
async function read(parts: ReadonlyArray<VendorError | null>) {
	const asked: string[] = [];
	const client: VendorClient<M2mReply> = {
		environment: { now: () => 0, random: () => '', sleep: async () => {}, timeZone: 'UTC' },
		continueOnFail: false,
		account: 'account',
		...ONE_BY_ONE,
		send: async ({ path }) => {
			asked.push(path);
			const failure = parts[PATHS.indexOf(path)];
			if (failure) throw failure;
			return { raw: {}, rows: [{ cardcode: '1064', flow: '7', surplusflow: '5' }] };
		},
	};
	const { sights, failure } = await readCards(['1064'], CARD_PARTS, client);
	return { sight: sights[0], failure, asked: asked.length };
}

test.each([
	['0001', failed('0001', true), 3],
	['0015', failed('0015'), 3],
	['0014', failed('0014'), 1],
	['0019', failed('0019'), 3],
	['a reply that is no data', failed('NOT_DATA'), 3],
	['HTTP 404', failed('HTTP_404'), 1],
	['HTTP 429', failed('HTTP_429'), 1],
	['HTTP 503', failed('HTTP_503', true), 1],
	['a time-out', failed('TIMEOUT', true), 1],
	['a refused signature', failed('0013'), 1],
	['a fault that is none of the vendor', failed('CANCELLED'), 1],
])('after %s for the first part', async (_, failure, asked) => {
	expect((await read([failure, null, null])).asked).toBe(asked);
});

test.each<[string, ReadonlyArray<VendorError | null>, object]>([
	['is there by any part', [failed('0019'), null, failed('0014')], { found: true, unread: [] }],
	[
		'is unknown where all say so',
		Array.from({ length: 3 }, () => failed('0014')),
		{ found: false },
	],
	[
		'may be there where one could not be asked',
		[failed('0019'), failed('0001', true), failed('0019')],
		{ found: null, unread: ['status'], failure: { code: '0001' } },
	],
	[
		'is known by what was read',
		[null, failed('TIMEOUT', true), null],
		{ found: true, unread: ['status', 'remaining'], failure: { code: 'TIMEOUT' } },
	],
])('a card %s', async (_, parts, sight) => {
	expect((await read(parts)).sight).toMatchObject(sight);
});

test.each(['HTTP_302', 'HTTP_401', 'HTTP_403', 'HTTP_404', 'HTTP_429'])(
	'a web server that answers %s to all is not asked for every card',
	async (code) => {
		let asked = 0;
		const client: VendorClient<M2mReply> = {
			environment: { now: () => 0, random: () => '', sleep: async () => {}, timeZone: 'UTC' },
			continueOnFail: false,
			account: 'account',
			...ONE_BY_ONE,
			send: async () => {
				asked += 1;
				throw failed(code);
			},
		};
		const keys = Array.from({ length: 1_000 }, (_, at) => String(1064000000000 + at));
		const { failure } = await readCards(keys, CARD_PARTS, client);
		expect(failure).toMatchObject({ code });
		expect(asked).toBeLessThanOrEqual(100);
	},
);
