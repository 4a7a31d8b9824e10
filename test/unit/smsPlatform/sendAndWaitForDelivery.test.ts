import { VendorError } from '../../../nodes/shared/contracts/errors';
import type { VendorClient, VendorRequest } from '../../../nodes/shared/contracts/operation';
import { sendMessageAndWaitForDelivery } from '../../../nodes/vendors/smsPlatform/operations/sendMessageAndWaitForDelivery';
import { smsPlatform, type StatusReply } from '../../../nodes/vendors/smsPlatform/protocol';

const PHONES = ['8613800138001', '8613800138002'];

const report = (mobile: string, status = '10', more = '') =>
	`<statusbox><mobile>${mobile}</mobile><taskid>7</taskid><status>${status}</status><receivetime>2024-01-01 08:00:00</receivetime><errorcode>DELIVRD</errorcode><extno></extno></statusbox>${more}`;

const reply = (...rows: readonly string[]) =>
	`<?xml version="1.0"?><returnsms>${rows.join('')}</returnsms>`;

const refusal = new VendorError('refused', { code: '3', advice: '' });

const accepted = (taskId: string) =>
	`<returnsms><returnstatus>Success</returnstatus><message>ok</message><taskID>${taskId}</taskID></returnsms>`;

const isLook = ({ path }: VendorRequest) => path.startsWith('/status');

/** Sends, then gets these answers to its looks, the last one again and again. */
async function send(
	looks: ReadonlyArray<string | Error>,
	{
		waitSeconds = 60,
		to = PHONES.join(),
		taskId = '7',
		cancelAfterMs = Infinity,
		route = 'international' as 'international' | 'domestic',
	} = {},
) {
	const requests: VendorRequest[] = [];
	let clock = 0;
	let nth = 0;
	const environment = {
		now: () => clock,
		random: () => '',
		sleep: async (milliseconds: number) => {
			clock += Math.max(0, Math.min(milliseconds, cancelAfterMs - clock));
		},
		timeZone: 'UTC',
	};
	const client: VendorClient<StatusReply> = {
		environment,
		continueOnFail: false,
		account: 'account',
		limit: () => 1,
		send: async (request) => {
			requests.push(request);
			return smsPlatform.parseResponse({ status: 200, contentType: '', text: accepted(taskId) });
		},
		readAs: (vendor) => ({
			...client,
			send: async (request) => {
				requests.push(request);
				const look = looks[Math.min(nth++, looks.length - 1)];
				if (look === undefined || look instanceof Error) throw look;
				return vendor.parseResponse({ status: 200, contentType: 'text/xml', text: look });
			},
		}),
	};
	const rows = await sendMessageAndWaitForDelivery.perform(
		{
			...{ to, content: 'x', signature: undefined, route, waitSeconds, checkIntervalSeconds: 15 },
			...{ sendAt: undefined, extno: undefined, code: '8', formerSignature: undefined },
		},
		client,
	);
	return {
		items: rows.map(({ simplify }) => simplify()),
		raw: rows.map((row) => row.raw),
		looks: requests.filter(isLook).map(({ body }) => String(body)),
		sent: requests.filter((request) => !isLook(request)),
		seconds: clock / 1_000,
	};
}

const told = (mobile: string, status: string) => ({
	mobile,
	status,
	timedOut: status === 'pending',
});

test('it ends as soon as all is known, and asks for its own task alone', async () => {
	const { items, looks, seconds, sent } = await send([
		reply(),
		reply(report('13800138002', '20')),
		reply(report(PHONES[0] ?? '')),
	]);
	expect(items).toEqual([
		{
			taskId: '7',
			mobile: PHONES[0],
			status: 'delivered',
			statusCode: '10',
			errorCode: 'DELIVRD',
			receivedAt: '2024-01-01 08:00:00',
			extno: '',
			timedOut: false,
			checkError: '',
		},
		expect.objectContaining({ ...told(PHONES[1] ?? '', 'failed'), taskId: '7' }),
	]);
	expect(seconds).toBe(45);
	expect(looks).toHaveLength(3);
	for (const look of looks) expect(look).toContain('taskid=7');
	expect(sent).toHaveLength(1);
});

test('what has no report when the time is up is pending', async () => {
	const { items, raw, seconds, looks } = await send([reply(report(PHONES[1] ?? '')), reply()]);
	expect(items).toMatchObject([
		told(PHONES[0] ?? '', 'pending'),
		told(PHONES[1] ?? '', 'delivered'),
	]);
	expect(raw[0]).toEqual({ mobile: PHONES[0], taskid: '7' });
	expect(seconds).toBe(60);
	expect(looks).toHaveLength(4);
	expect((await send([reply()], { waitSeconds: 0 })).looks).toHaveLength(1);
});

test('a report that comes twice is one, and another of the same phone is another', async () => {
	const [first = '', second = ''] = PHONES;
	const { items } = await send([
		reply(report(first, '20'), report(first, '20')),
		reply(report(first, '10'), report(second)),
	]);
	expect(items).toMatchObject([
		told(first, 'failed'),
		told(first, 'delivered'),
		told(second, 'delivered'),
	]);
});

test('whatever else was handed out is put out behind', async () => {
	const { items } = await send([
		reply(report('8613900139000'), report(PHONES[0] ?? ''), report(PHONES[1] ?? '')),
	]);
	expect(items.map(({ mobile }) => mobile)).toEqual([...PHONES, '8613900139000']);
});

test('a report of another task tells nothing of these phones, and is put out', async () => {
	const [first = '', second = ''] = PHONES;
	const foreign = report(first, '20').replace('<taskid>7<', '<taskid>1111<');
	const { items } = await send([
		reply(foreign, report(second).replace('<taskid>7<', '<taskid>007<')),
		reply(report(first).replace('<taskid>7<', '<taskid><')),
	]);
	expect(items).toMatchObject([
		{ ...told(first, 'delivered'), taskId: '7' },
		told(second, 'delivered'),
		{ ...told(first, 'failed'), taskId: '1111' },
	]);
});

test('a look that fails ends nothing, and loses nothing', async () => {
	const { items, seconds } = await send([
		reply(report(PHONES[0] ?? '')),
		refusal,
		new TypeError('broken'),
		reply(report(PHONES[1] ?? '')),
	]);
	expect(items).toMatchObject([
		told(PHONES[0] ?? '', 'delivered'),
		told(PHONES[1] ?? '', 'delivered'),
	]);
	expect(seconds).toBe(60);
	const failing = await send([reply(report(PHONES[0] ?? '')), refusal]);
	expect(failing.items).toMatchObject([
		{ ...told(PHONES[0] ?? '', 'delivered'), checkError: '' },
		{ ...told(PHONES[1] ?? '', 'pending'), checkError: 'refused' },
	]);
	expect(failing.sent).toHaveLength(1);
});

test('a reply that cannot be read is put out as it came', async () => {
	const broken = `${reply(report(PHONES[0] ?? '')).slice(0, -40)}`;
	const { items } = await send(['<odd>hello', broken, reply(report(PHONES[1] ?? ''))]);
	expect(JSON.stringify(items)).toContain('hello');
	expect(items).toEqual(
		expect.arrayContaining([expect.objectContaining(told(PHONES[1] ?? '', 'delivered'))]),
	);
});

test('without a task ID nobody else’s reports are taken', async () => {
	const { items, looks, seconds } = await send([reply(report(PHONES[0] ?? ''))], { taskId: '' });
	expect(looks).toEqual([]);
	expect(seconds).toBe(15);
	expect(items).toMatchObject([
		{ status: 'pending', checkError: expect.stringMatching(/^The platform gave no task ID/) },
		{ status: 'pending', timedOut: true },
	]);
});

test('a cancelled execution asks no more', async () => {
	const { items, looks } = await send([reply()], { cancelAfterMs: 20_000 });
	expect(looks).toHaveLength(1);
	expect(items).toMatchObject([{ status: 'pending' }, { status: 'pending' }]);
});

test('more recipients than a request holds have a task each', async () => {
	const many = Array.from({ length: 501 }, (_, at) => String(8_613_800_000_000 + at));
	const { items, sent, looks } = await send([reply(report(many[500] ?? ''))], {
		to: many.join(),
		waitSeconds: 15,
	});
	expect(sent).toHaveLength(2);
	expect(looks).toHaveLength(2);
	// The report came with the first look, which was for the other task.
	expect(items).toHaveLength(502);
});

test('the route decides which numbers are right, before anything is sent', async () => {
	const check = (to: unknown, route: 'international' | 'domestic', content = 'x') =>
		sendMessageAndWaitForDelivery.check?.({
			...{ to, content, signature: undefined, route, waitSeconds: 1, checkIntervalSeconds: 1 },
			...{ sendAt: undefined, extno: undefined, code: '8', formerSignature: undefined },
		});
	expect(() => check('13800138000', 'international')).toThrow('has no country code');
	expect(() => check('+852 9123 4567', 'domestic')).toThrow('To "+852 9123 4567"');
	expect(() => check('', 'domestic')).toThrow('To is empty');
	expect(() => check('13800138000', 'domestic')).not.toThrow();
	const { sent } = await send([reply(report('13800138001'))], {
		to: '138 0013 8001',
		route: 'domestic',
	});
	expect(sent.map(({ path }) => path)).toEqual(['/sms.aspx']);
});
