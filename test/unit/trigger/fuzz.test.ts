import { simplifyRecord, type PushTrigger } from '../../../nodes/shared/contracts/push';
import { verifyPush } from '../../../nodes/shared/trigger/verifyPush';
import { deduplicationKeys } from '../../../nodes/shared/trigger/deduplicator';
import { flowAlertPushes, smsPushes } from '../../../nodes/vendors/m2m/push';
import { smsPlatformPushes } from '../../../nodes/vendors/smsPlatform/push';
import { orderStatusPushes } from '../../../nodes/vendors/trafficRecharge/push';
import { buildM2mPush, buildSmsPush, buildTrafficPush } from '../../simulator';

/** Repeatable chance (mulberry32). */
function chance(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

const SPICES = [
	'"',
	'{',
	'}',
	'[',
	']',
	'<',
	'>',
	'&',
	'=',
	'%',
	'%zz',
	'\\',
	'\0',
	'\ufeff',
	'+',
	',',
	':',
	'null',
	'true',
	'1e999',
	'-0',
	'__proto__',
	'<!DOCTYPE a>',
	'<![CDATA[',
	']]>',
	'<!--',
	'&#0;',
	'&lol;',
	'\ud800',
	'你好',
	'<?xml encoding="gbk"?>',
	'{"a":',
	'</returnsms>',
	'notice_smssend',
].map((spice) => Buffer.from(spice));

/** Bytes cut, doubled, swapped, flipped and spiced, up to five times. */
function mutate(body: Buffer, random: () => number): Buffer {
	let bytes = body;
	const at = () => Math.floor(random() * (bytes.length + 1));
	for (let times = Math.floor(random() * 5); times >= 0; times--) {
		const [from, to] = [at(), at()].sort((a, b) => a - b) as [number, number];
		const [before, middle, after] = [
			bytes.subarray(0, from),
			bytes.subarray(from, to),
			bytes.subarray(to),
		];
		const spice = SPICES[Math.floor(random() * SPICES.length)] ?? Buffer.alloc(0);
		const made = [
			[before, after],
			[before, middle, middle, after],
			[after, middle, before],
			[before, spice, middle, after],
			[before, Buffer.from(middle.map((byte) => byte ^ (1 << Math.floor(random() * 8)))), after],
			[before],
			[before, Buffer.from([Math.floor(random() * 256)]), bytes.subarray(from + 1)],
		][Math.floor(random() * 7)];
		bytes = Buffer.concat(made ?? []).subarray(0, 20_000);
	}
	return bytes;
}

const password = 'Demo0001AbCd12';
const sms = { mobile: '1', sendkey: 'a', content: 'x', status: '1', sendtime: '2024-01-02' };
const alert = { cardcode: '1', taocanflow: '1', useflow: '2', isnear: '1', isover: '0' };
const report = {
	mobile: '1',
	taskid: '1',
	status: '10',
	receivetime: '',
	errorcode: '',
	extno: '',
};
const order = { trafficSts: '1', remark: 'x', requestId: '1', mobile: '1', customParm: '1' };

const PUSHES: ReadonlyArray<[string, PushTrigger, string, Record<string, unknown>]> = [
	[
		'M2M SMS',
		smsPushes,
		buildM2mPush('notice_smssend', [sms, sms], { password }),
		{ events: ['smsSent', 'smsReceived'] },
	],
	[
		'M2M flow alerts',
		flowAlertPushes,
		buildM2mPush('notice_flowmonitor', [alert], { password }),
		{ level: 'warning' },
	],
	[
		'SMS platform',
		smsPlatformPushes,
		buildSmsPush('statusReport', [report, report]),
		{ events: ['statusReport', 'reply'] },
	],
	['traffic recharge', orderStatusPushes, buildTrafficPush(order), {}],
];

const CONTENT_TYPES = [
	'',
	'application/json',
	'text/xml; charset=gbk',
	'application/x-www-form-urlencoded',
	'text/plain; charset=nonsense',
];

const options = { ipAllowlist: '', deduplicate: true, oncePerBillingCycle: true };

describe.each(PUSHES)('10,000 mutated pushes: %s', (_, trigger, body, parameters) => {
	const random = chance(20240102);
	const original = Buffer.from(body);
	const deliveries = Array.from({ length: 10_000 }, (_unused, nth) => ({
		bytes: mutate(original, random),
		contentType: CONTENT_TYPES[nth % CONTENT_TYPES.length] ?? '',
		formTexts: [],
		token: nth % 3 === 0 ? undefined : String(random()),
	}));

	test('crash nothing, and what is accepted becomes items', () => {
		const secret = trigger.vendor.proof === 'signature' ? password : '';
		let accepted = 0;
		for (const delivery of deliveries) {
			const verdict = verifyPush(trigger, delivery, { secret, parameters });
			if (verdict.outcome !== 'accepted') continue;
			accepted += 1;
			const items = verdict.records.map((record) => simplifyRecord(trigger, record));
			expect(() => JSON.stringify(items)).not.toThrow();
			expect(deduplicationKeys(trigger, verdict.records, options)).toHaveLength(items.length);
		}
		// Some still are what they were, so that the loop above has something to do.
		expect(accepted).toBeGreaterThan(10);
	});

	test('are not accepted without the secret', () => {
		for (const delivery of deliveries) {
			const { outcome: is } = verifyPush(trigger, delivery, {
				secret: 'another secret',
				parameters,
			});
			expect(is).toBe('refused');
		}
	});
});
