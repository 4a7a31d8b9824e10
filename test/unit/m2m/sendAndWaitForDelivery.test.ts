import type { IDataObject } from 'n8n-workflow';

import { VendorError } from '../../../nodes/shared/contracts/errors';
import type { ItemContext, VendorClient } from '../../../nodes/shared/contracts/operation';
import { sendSms } from '../../../nodes/vendors/m2m/operations/sendSms';
import { sendSmsAndWaitForDelivery } from '../../../nodes/vendors/m2m/operations/sendSmsAndWaitForDelivery';
import type { M2mReply } from '../../../nodes/vendors/m2m/protocol';
import { NO_WAITING } from '../../support/client';

const item: ItemContext = {
	reference: {
		...{ execution: '', origin: '7', isOriginKept: true, node: 'node', run: 0, item: 0 },
		asTool: false,
	},
	memory: {},
	waiting: NO_WAITING,
	idempotency: {
		reserve: async () => 'reserved',
		commit: () => {},
		flush: async () => {},
		release: async () => {},
	},
};

const message = {
	...{ mobile: '1064800000001', recipientType: '0' as const, content: 'x' },
	...{ allowLongContent: false, sendKey: undefined },
};

const PENDING: IDataObject = { status: '-1', mobile: message.mobile };
const DELIVERED: IDataObject = { status: '1', mobile: message.mobile };
const FAILED: IDataObject = { status: '0', mobile: message.mobile };

const failure = (code: string) => new VendorError(`refused ${code}`, { code, advice: '' });

/** Sends, then gets these answers to its looks, the last one again and again. */
async function send(
	looks: ReadonlyArray<IDataObject | Error | undefined>,
	{ waitSeconds = 60, cancelAfterMs = Infinity } = {},
) {
	const bodies: IDataObject[] = [];
	let clock = 0;
	let nth = 0;
	const client: VendorClient<M2mReply> = {
		environment: {
			now: () => clock,
			random: () => '',
			sleep: async (milliseconds) => {
				clock += Math.max(0, Math.min(milliseconds, cancelAfterMs - clock));
			},
			timeZone: 'UTC',
		},
		continueOnFail: false,
		account: 'account',
		limit: () => 1,
		send: async ({ path, body }) => {
			bodies.push({ path, ...(body as IDataObject) });
			if (path === '/M2MSmsSend.ashx') return { raw: { status: '0000' }, rows: [] };
			const look = looks[Math.min(nth++, looks.length - 1)];
			if (look instanceof Error) throw look;
			return { raw: {}, rows: look === undefined ? [] : [look] };
		},
		readAs: (vendor) => ({
			...client,
			send: async (request) => {
				const { rows } = await client.send(request);
				const text = JSON.stringify({ status: '0000', message: '', result: rows });
				return vendor.parseResponse({ status: 200, contentType: '', text });
			},
		}),
	};
	const [row] = await sendSmsAndWaitForDelivery.perform(
		{ ...message, waitSeconds, checkIntervalSeconds: 10 },
		client,
		item,
	);
	return { found: row?.simplify(), raw: row?.raw, bodies, seconds: clock / 1_000 };
}

const sent = ({ bodies }: { bodies: IDataObject[] }) =>
	bodies.filter(({ path }) => path === '/M2MSmsSend.ashx');

test('it ends as soon as it is known', async () => {
	const result = await send([undefined, PENDING, DELIVERED]);
	expect(result.found).toEqual({
		sendKey: expect.stringMatching(/^\w{16}$/),
		mobile: message.mobile,
		recipientType: '0',
		recipientKind: 'iotCard',
		status: 'delivered',
		statusCode: '1',
		checkError: '',
		timedOut: false,
		waitedSeconds: 30,
	});
	expect(result.raw).toEqual(DELIVERED);
	expect(sent(result)).toHaveLength(1);
	expect(result.bodies.slice(1)).toEqual(
		[1, 2, 3].map(() => ({ path: '/M2MHistorySend.ashx', sendkey: result.found?.sendKey })),
	);
	expect((await send([FAILED])).found).toMatchObject({ status: 'failed', timedOut: false });
});

test('at the end of the time it is pending', async () => {
	const { found, seconds } = await send([PENDING], { waitSeconds: 25 });
	expect(found).toMatchObject({ status: 'pending', statusCode: '-1', timedOut: true });
	expect([seconds, found?.waitedSeconds]).toEqual([25, 25]);
	expect((await send([DELIVERED], { waitSeconds: 0 })).found).toMatchObject({
		status: 'delivered',
	});
	expect((await send([{ status: '5' }])).found).toMatchObject({
		status: 'pending',
		statusCode: '5',
	});
});

test('a look that fails ends nothing, and sends nothing again', async () => {
	const result = await send([failure('0001'), new TypeError('broken'), DELIVERED]);
	expect(result.found).toMatchObject({ status: 'delivered', checkError: '' });
	expect(sent(result)).toHaveLength(1);
	const { found } = await send([PENDING, failure('0002')]);
	expect(found).toMatchObject({ status: 'pending', timedOut: true, checkError: 'refused 0002' });
});

test('a cancelled execution asks no more', async () => {
	const { bodies, found } = await send([PENDING], { cancelAfterMs: 15_000 });
	expect(bodies).toHaveLength(2);
	expect(found).toMatchObject({ status: 'pending', waitedSeconds: 15 });
});

test('how long it waits does not make it another message', () => {
	const key = (waitSeconds: number) =>
		sendSmsAndWaitForDelivery.repeatKey?.(
			{ ...message, waitSeconds, checkIntervalSeconds: 1 },
			item.reference,
		);
	expect(key(1)).toBe(key(2));
	expect(key(1)).toBe(sendSms.repeatKey?.(message, item.reference));
});
