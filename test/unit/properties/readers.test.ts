import fc from 'fast-check';

import { VendorError, InputError } from '../../../nodes/shared/contracts/errors';
import { simplifyRecord, type PushTrigger } from '../../../nodes/shared/contracts/push';
import { findDocuments } from '../../../nodes/shared/trigger/pushDocuments';
import { verifyPush } from '../../../nodes/shared/trigger/verifyPush';
import { flowAlertPushes, smsPushes } from '../../../nodes/vendors/m2m/push';
import { smsPlatformPushes } from '../../../nodes/vendors/smsPlatform/push';
import { orderStatusPushes } from '../../../nodes/vendors/trafficRecharge/push';
import {
	buildM2mPush,
	buildSmsPush,
	buildTrafficPush,
	sampleM2mPushRows,
	sampleSmsPushRows,
} from '../../simulator';
import { anyText, holdsFor, mutated, wordsOfPeople } from '../../support/properties';
import { TABLES } from '../../support/tables';

const PASSWORD = 'secret123';

const itemsOf = (trigger: PushTrigger, text: string) =>
	trigger.parse(text)?.records.map((record) => simplifyRecord(trigger, record));

/** Whether white space around a text is kept is not told. */
const contentsOf = (push: string) =>
	itemsOf(smsPlatformPushes, push)?.map(({ content }) => String(content).trim());

describe('a push is read as it was written', () => {
	test('messages of M2M cards', () => {
		holdsFor([fc.array(wordsOfPeople(), { minLength: 1, maxLength: 5 })], (contents) => {
			const rows = contents.map((content) => ({ mobile: '1064800000001', content, retime: '' }));
			const push = buildM2mPush('notice_smsreceive', rows, { password: PASSWORD });
			expect(itemsOf(smsPushes, push)?.map(({ content }) => content)).toEqual(contents);
			expect(smsPushes.parse(push)?.isSignedWith?.(PASSWORD)).toBe(true);
			expect(smsPushes.parse(push)?.isSignedWith?.(`${PASSWORD} `)).toBe(false);
		});
	});

	test('replies of the SMS platform, which does not escape', () => {
		holdsFor([fc.array(wordsOfPeople(), { minLength: 1, maxLength: 5 })], (contents) => {
			// Only what the platform itself could not tell apart: references, and CDATA.
			const written = contents.map(
				(content) => `${content.replace(/&/g, '＆').replace(/\r/g, '')}x`,
			);
			const push = `<?xml version="1.0" encoding="utf-8" ?><returnsms>${written
				.map(
					(content) =>
						`<callbox><mobile>15100000000</mobile><taskid>1</taskid><content>${content}</content></callbox>`,
				)
				.join('')}</returnsms>`;
			expect(contentsOf(push)).toEqual(written.map((content) => content.trim()));
		});
	});

	test('replies of the SMS platform, where someone has escaped them', () => {
		holdsFor([wordsOfPeople(), fc.boolean()], (words, inCdata) => {
			const content = `${words.replace(/\r|]]>/g, '')}x`;
			const escaped = inCdata
				? `<![CDATA[${content}]]>`
				: content.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
			const push = buildSmsPush('reply', [{ mobile: '15100000000', content: 'PLACE' }]);
			const written = push.replace('PLACE', () => escaped);
			expect(contentsOf(written)).toEqual([content.trim()]);
		});
	});

	test('the status of orders', () => {
		holdsFor([wordsOfPeople(), fc.constantFrom('0', '1', '2')], (remark, trafficSts) => {
			const push = buildTrafficPush({ trafficSts, remark, requestId: 'r', mobile: '13800138000' });
			expect(itemsOf(orderStatusPushes, push)).toMatchObject([{ remark: remark.trim() }]);
		});
	});
});

const TRIGGERS: ReadonlyArray<readonly [string, PushTrigger, fc.Arbitrary<string>]> = [
	[
		'M2M messages',
		smsPushes,
		wordsOfPeople().map((content) =>
			buildM2mPush(
				'notice_smsreceive',
				[...sampleM2mPushRows('notice_smsreceive', 2), { content }],
				{
					password: PASSWORD,
					encodeContent: false,
				},
			),
		),
	],
	[
		'M2M data',
		flowAlertPushes,
		fc.constant(
			buildM2mPush('notice_flowmonitor', sampleM2mPushRows('notice_flowmonitor', 2), {
				password: PASSWORD,
			}),
		),
	],
	[
		'SMS platform',
		smsPlatformPushes,
		wordsOfPeople().map((content) =>
			buildSmsPush('reply', [...sampleSmsPushRows('reply', 2), { mobile: '1', content }]),
		),
	],
	[
		'orders',
		orderStatusPushes,
		wordsOfPeople().map((remark) =>
			buildTrafficPush({ trafficSts: '1', remark, requestId: 'r', mobile: '13800138000' }),
		),
	],
];

describe.each(TRIGGERS)('any body that a trigger of %s gets', (_name, trigger, body) => {
	const parameters = { events: ['statusReport', 'reply', 'smsSent', 'smsReceived'], level: 'all' };

	test.each([
		['broken', mutated(body)],
		['of any text', anyText(300)],
	])('is decided on without a throw, %s', (_kind, text) => {
		holdsFor(
			[text, fc.constantFrom('', 'text/xml', 'application/x-www-form-urlencoded')],
			(one, type) => {
				const bytes = Buffer.from(one);
				const push = { bytes, contentType: type, formTexts: [], token: 'token' };
				const secret = trigger.vendor.proof === 'token' ? 'token' : PASSWORD;
				const result = verifyPush(trigger, push, { secret, parameters });
				if (result.outcome !== 'accepted') return;
				for (const record of result.records) simplifyRecord(trigger, record);
			},
		);
	});

	test('gives no more documents than a form has fields', () => {
		holdsFor([anyText(200)], (text) => {
			const contentType = 'application/x-www-form-urlencoded';
			const found = [...findDocuments({ bytes: Buffer.from(text), contentType, formTexts: [] })];
			expect(found.length).toBeLessThan(50);
		});
	});
});

const OPERATIONS = Object.values(TABLES).flatMap(({ operations }) => operations);

const NAMED = OPERATIONS.map(
	(operation) => [`${operation.resource}.${operation.operation}`, operation] as const,
);

const environment = {
	now: () => Date.UTC(2024, 4, 31, 16),
	random: (alphabet: string, length: number) => alphabet.slice(0, 1).repeat(length),
	sleep: async () => await Promise.resolve(),
	timeZone: 'America/New_York',
};

describe.each(NAMED)('%s', (_name, operation) => {
	test('reads whatever is typed, or says what is wrong', () => {
		const fields = Object.values({ ...operation.fields, ...operation.options });
		const typed = fc.oneof(anyText(), wordsOfPeople(), fc.anything(), fc.double(), fc.bigInt());
		holdsFor([typed], (raw) => {
			for (const field of fields) {
				try {
					field.parse(raw, environment);
				} catch (error) {
					expect(error).toBeInstanceOf(InputError);
				}
			}
		});
	});

	test('reads whatever is answered, or says what is wrong', () => {
		if (operation.vendor === undefined) return;
		const { parseResponse } = operation.vendor;
		const reply = fc.constantFrom(
			'{"status":"0000","message":"ok","result":[{"cardcode":"1","content":"Hi"}]}',
			'{"statusCode":"0","statusMsg":"ok","requestId":"1"}',
			'{"code":"0","message":"","data":[{"imei":"352019040635785"}]}',
			'<?xml version="1.0"?><returnsms><returnstatus>Success</returnstatus><message>ok</message></returnsms>',
			'<returnsms><callbox><mobile>1</mobile><content>a</content></callbox></returnsms>',
			'<s:Envelope xmlns:s="x"><s:Body><aResponse><aResult><Result>0</Result></aResult></aResponse></s:Body></s:Envelope>',
		);
		holdsFor(
			[fc.oneof(mutated(reply), anyText(200)), fc.constantFrom(200, 200, 200, 302, 404, 500)],
			(text, status) => {
				try {
					parseResponse({ status, contentType: '', text });
				} catch (error) {
					expect(error).toBeInstanceOf(VendorError);
				}
			},
		);
	});
});
