import fc from 'fast-check';
import iconv from 'iconv-lite';

import {
	formatChinaDateTime,
	formatChinaTimestampMs,
} from '../../../nodes/shared/fields/chinaTime';
import { parseDateTime } from '../../../nodes/shared/fields/dateTime';
import { decodeBody } from '../../../nodes/shared/wire/decodeBody';
import { parseJson } from '../../../nodes/shared/wire/json';
import { createEchoFilter } from '../../../nodes/shared/wire/redact';
import { encodeForm } from '../../../nodes/shared/wire/requestOptions';
import { buildXml, createElement, parseXml } from '../../../nodes/shared/wire/xml';
import { buildFlowCode, explainFlowCode } from '../../../nodes/vendors/trafficRecharge/flowCode';
import {
	CARRIERS,
	PACKAGE_TYPES,
	PROVINCES,
	ROAMING,
} from '../../../nodes/vendors/trafficRecharge/flowCode';
import { decodeContent, decodeUrlText } from '../../../nodes/vendors/m2m/values';
import { encodeUtf16Hex } from '../../../nodes/vendors/smsPlatform/values';
import { anyText, holdsFor, wordsOfPeople } from '../../support/properties';

const CHINESE = fc
	.array(fc.integer({ min: 0x4e00, max: 0x9fa5 }), { minLength: 1, maxLength: 40 })
	.map((codePoints) => String.fromCodePoint(...codePoints));

const isUtf8 = (bytes: Uint8Array): boolean => {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return true;
	} catch {
		return false;
	}
};

describe('bytes', () => {
	test.each(['', 'application/json', 'text/xml; charset=utf-8', 'text/html; charset=UTF8'])(
		'UTF-8 is read under "%s"',
		(contentType) => {
			holdsFor([anyText()], (text) => {
				fc.pre(!text.startsWith('\ufeff'));
				expect(decodeBody(Buffer.from(text), contentType)).toBe(text);
			});
		},
	);

	test.each(['gb2312', 'GBK', 'gb18030'])('Chinese in UTF-8 is read under %s', (label) => {
		holdsFor([CHINESE], (text) => {
			expect(decodeBody(Buffer.from(text), `text/xml; charset=${label}`)).toBe(text);
		});
	});

	test.each(['gb2312', 'GBK', 'gb18030', ''])('Chinese in GB18030 is read under "%s"', (label) => {
		holdsFor([CHINESE, wordsOfPeople(4)], (chinese, words) => {
			const text = `<a>${chinese}</a>${words.replace(/[^\u0000-\u007f\u4e00-\u9fa5]/g, '')}`;
			const bytes = iconv.encode(text, 'gb18030');
			// A few words of Chinese are valid in both.
			fc.pre(!isUtf8(bytes));
			expect(decodeBody(bytes, label === '' ? '' : `text/xml; charset=${label}`)).toBe(text);
		});
	});
});

describe('JSON', () => {
	test('what was written is read', () => {
		holdsFor([fc.jsonValue({ noUnicodeString: false, maxDepth: 8 })], (value) => {
			const text = JSON.stringify(value);
			fc.pre(!/\d{16}|__proto__/.test(text));
			expect(parseJson(text)).toEqual(JSON.parse(text));
		});
	});

	test('a long number keeps all of its digits', () => {
		holdsFor([fc.bigInt({ min: 10n ** 15n, max: 10n ** 30n })], (number) => {
			const read = parseJson(`{"iccid": ${number}, "list": [-${number},0.5]}`);
			const exact = Number.isSafeInteger(Number(number));
			expect(read).toEqual({
				iccid: exact ? Number(number) : String(number),
				list: [exact ? -Number(number) : `-${number}`, 0.5],
			});
		});
	});
});

describe('texts that go out', () => {
	test('a form is read by who gets it', () => {
		holdsFor([anyText(), wordsOfPeople()], (one, two) => {
			expect([...new URLSearchParams(encodeForm({ one, two }))]).toEqual([
				['one', one],
				['two', two],
			]);
		});
	});

	test('an XML document is read as it was built', () => {
		holdsFor([wordsOfPeople(), wordsOfPeople()], (text, attribute) => {
			// What XML has no way to write, and what its readers make of line breaks.
			fc.pre(!/[^\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text + attribute));
			fc.pre(!/[\t\n]/.test(attribute));
			const root = createElement('a', [createElement('b', text, { c: attribute })]);
			expect(parseXml(buildXml(root))).toMatchObject({
				root: { name: 'a', children: [{ name: 'b', text, attributes: { c: attribute } }] },
			});
		});
	});

	test('UTF-16 in hexadecimal digits', () => {
		holdsFor([anyText()], (text) => {
			expect(Buffer.from(encodeUtf16Hex(text), 'hex').swap16().toString('utf16le')).toBe(text);
		});
	});

	test('the URL encoding of the M2M platform is undone', () => {
		holdsFor([anyText()], (text) => {
			expect(decodeUrlText(encodeURIComponent(text))).toBe(text);
			expect(decodeUrlText(new URLSearchParams([['', text]]).toString().slice(1))).toBe(text);
			expect(decodeContent(encodeURIComponent(text))).toBe(text);
		});
	});

	test('a flow code is explained as it was built', () => {
		const of = <Part extends { code: string }>(parts: readonly Part[]) => fc.constantFrom(...parts);
		holdsFor(
			[
				of(CARRIERS),
				of(PROVINCES),
				fc.integer({ min: 1, max: 999_999 }),
				of(PACKAGE_TYPES),
				of(ROAMING),
			],
			(carrier, province, sizeMb, packageType, roaming) => {
				const code = buildFlowCode({
					carrier: carrier.code,
					province: province.code,
					sizeMb,
					packageType: packageType.code,
					roaming: roaming.code,
				});
				expect(explainFlowCode(code)).toMatchObject({
					flowCode: code,
					carrier: carrier.name,
					province: province.name,
					sizeMb,
					packageType: packageType.name,
					roaming: roaming.name,
				});
			},
		);
	});
});

describe('moments', () => {
	// China had summer time until 1991.
	const moment = fc
		.integer({ min: 700_000_000, max: 4_000_000_000 })
		.map((seconds) => seconds * 1000);

	test('a moment is the same in all of its spellings', () => {
		holdsFor(
			[moment, fc.constantFrom('America/New_York', 'Asia/Shanghai', 'UTC', 'Europe/Berlin')],
			(epochMs, zone) => {
				const china = formatChinaDateTime(epochMs);
				expect(parseDateTime(new Date(epochMs).toISOString(), zone)).toBe(epochMs);
				expect(parseDateTime(`${china.replace(' ', 'T')}+08:00`, zone)).toBe(epochMs);
				expect(parseDateTime(china, 'Asia/Shanghai')).toBe(epochMs);
				expect(formatChinaTimestampMs(epochMs)).toBe(`${china.replace(/\D/g, '')}000`);
			},
		);
	});
});

describe('secrets', () => {
	test('are hidden however they are written', () => {
		holdsFor([fc.string({ minLength: 6, maxLength: 30 }), wordsOfPeople()], (secret, words) => {
			fc.pre(secret.trim().length >= 6);
			const { hide } = createEchoFilter([secret]);
			for (const form of [
				secret,
				encodeURIComponent(secret),
				JSON.stringify(secret).slice(1, -1),
			]) {
				const shown = hide(`${words} ${form} ${words}`);
				expect(shown).not.toContain(form);
			}
		});
	});
});
