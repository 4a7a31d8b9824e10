/**
 * Encodes and decodes as the package does and as public libraries do, in turns, and prints operations
 * a second as JSON: for each task a list of rounds for each contender.
 *
 * Arguments: the bundle of `codecEntry.ts`, the node_modules folder of n8n, a file with the texts to
 * decode, the number of rounds.
 */
import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [bundle, modules, textsFile, rounds] = process.argv.slice(2);
const ofN8n = createRequire(join(modules, 'n8n', 'package.json'));
const { xml, json, records } = JSON.parse(readFileSync(textsFile, 'utf8'));

const { encodeUtf16Hex, reportsIn, sign } = createRequire(bundle)(bundle);
const cryptoJs = ofN8n('crypto-js');
const md5 = ofN8n('md5');
const iconv = ofN8n('iconv-lite');
const { Parser } = ofN8n('xml2js');

const PASSWORD = 'DemoPassword01';
const FIELDS = ['1064800000001', '1_2_3_4_5_6_7'];
const TEXT = '【物联网】您的设备 1064800000001 已上线，信号良好 👍';
let sequence = 0;
const nextTime = () => `20240102030405678${String(sequence++).padStart(8, '0')}`;
const signedText = () => (PASSWORD + nextTime() + FIELDS.join('')).toLowerCase();

const parseWithXml2js = (text) => {
	let rows;
	// As n8n's XML node calls it; without `async` it calls back before it returns.
	new Parser({ explicitArray: false, mergeAttrs: true }).parseString(
		text,
		(error, { returnsms }) => {
			if (error) throw error;
			rows = returnsms.statusbox;
		},
	);
	return rows;
};

/** What each task is, how many records one run of it makes, and who takes part. */
const tasks = {
	sign: {
		records: 1,
		contenders: {
			ours: () => sign(PASSWORD, nextTime(), FIELDS),
			md5: () => md5(signedText()),
			'crypto-js': () => cryptoJs.MD5(signedText()).toString(),
		},
		check: () => {
			const text = [PASSWORD, 'x', ...FIELDS].join('').toLowerCase();
			const expected = createHash('md5').update(text).digest('hex');
			return [sign(PASSWORD, 'x', FIELDS), md5(text), cryptoJs.MD5(text).toString()].every(
				(signature) => signature === expected,
			);
		},
	},
	hex: {
		records: 1,
		contenders: {
			ours: () => encodeUtf16Hex(TEXT),
			'iconv-lite': () => iconv.encode(TEXT, 'utf16-be').toString('hex').toUpperCase(),
		},
		check: () =>
			encodeUtf16Hex(TEXT) === iconv.encode(TEXT, 'utf16-be').toString('hex').toUpperCase(),
	},
	xml: {
		records,
		contenders: { ours: () => reportsIn(xml), xml2js: () => parseWithXml2js(xml) },
		check: () =>
			[reportsIn(xml), parseWithXml2js(xml)].every(({ length }) => length === records) &&
			reportsIn(xml)[7].mobile === parseWithXml2js(xml)[7].mobile,
	},
	json: {
		records,
		contenders: { ours: () => reportsIn(json), 'JSON.parse': () => JSON.parse(json) },
		check: () => reportsIn(json).length === records,
	},
};

/** Records a second, over a fifth of a second at least. */
function speedOf(run, recordsARun) {
	const startedAt = performance.now();
	let made = 0;
	let elapsed = 0;
	do {
		const runs = recordsARun === 1 ? 1_000 : 1;
		for (let at = 0; at < runs; at++) run();
		made += runs * recordsARun;
		elapsed = performance.now() - startedAt;
	} while (elapsed < 200);
	return (made / elapsed) * 1000;
}

const results = {};
for (const [name, { records: recordsARun, contenders, check }] of Object.entries(tasks)) {
	if (!check()) throw new Error(`The contenders of ${name} do not agree`);
	const names = Object.keys(contenders);
	for (const contender of names) speedOf(contenders[contender], recordsARun);
	results[name] = Object.fromEntries(names.map((contender) => [contender, []]));
	for (let round = 0; round < Number(rounds); round++) {
		for (const at of names.keys()) {
			const contender = names[(round + at) % names.length];
			results[name][contender].push(speedOf(contenders[contender], recordsARun));
		}
	}
}
process.stdout.write(JSON.stringify(results));
