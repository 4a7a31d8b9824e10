import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { smsPlatformMd5, startSmsPlatformSimulator } from '../../test/simulator';
import type { Bench } from '../bench';
import { n8nModules, runChild, temporaryFolder } from '../children';
import { count, number, perSecond, type Finding, type Section } from '../report';
import { median, medianRatio } from '../rounds';

type Results = Record<'sign' | 'hex' | 'xml' | 'json', Record<string, number[]>>;

/** Delivery reports as the vendor writes them, in both of its formats. */
async function reportTexts(reports: number): Promise<{ xml: string; json: string }> {
	const vendor = await startSmsPlatformSimulator();
	try {
		const { userId, account, password } = vendor.account;
		const fetchText = async (path: string) => {
			for (let at = 0; at < reports; at++) {
				vendor.addReport({ mobile: String(13_800_000_000 + at) });
			}
			const form = new URLSearchParams({
				userid: userId,
				account,
				password: smsPlatformMd5(password),
				statusNum: String(reports),
				action: 'query',
			});
			return await (await fetch(`${vendor.url}${path}`, { method: 'POST', body: form })).text();
		};
		return {
			xml: await fetchText('/statusApi.aspx'),
			json: await fetchText('/statusJsonApi.aspx'),
		};
	} finally {
		await vendor.close();
	}
}

/** Compiles what is measured of the package into one file. */
async function bundleCodec(outfile: string): Promise<void> {
	await build({
		entryPoints: [join(__dirname, '..', 'children', 'codecEntry.ts')],
		outfile,
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		external: ['n8n-workflow'],
	});
}

/** Signing, encoding and decoding, in the Node.js of n8n. */
export async function codec({ script, sizes, log }: Bench): Promise<Section> {
	const folder = await temporaryFolder(script);
	const bundle = join(folder, 'codec.cjs');
	await bundleCodec(bundle);
	const texts = join(folder, 'texts.json');
	const { reports, rounds } = sizes;
	await writeFile(texts, JSON.stringify({ ...(await reportTexts(reports)), records: reports }));
	log('signing, hex, XML and JSON');
	const args = [bundle, await n8nModules(), texts, String(rounds)];
	const results = await runChild<Results>('codec.mjs', args);

	const finding = (
		what: string,
		unit: string,
		series: Record<string, number[]>,
		least?: number,
	): Finding => {
		const { ours = [], ...others } = series;
		const [fastest = ''] = Object.keys(others).sort(
			(a, b) => median(others[b] ?? []) - median(others[a] ?? []),
		);
		const beside = Object.entries(others).map(
			([name, speeds]) => `${name}: ${perSecond(median(speeds), unit)}`,
		);
		const ratio = medianRatio(ours, others[fastest] ?? []);
		return {
			what,
			ours: perSecond(median(ours), unit),
			beside: beside.join(', '),
			comparison: `${number(ratio)} of the speed of ${fastest}`,
			...(least === undefined ? {} : { target: `at least ${least}`, met: ratio >= least }),
		};
	};
	return {
		title: 'Codec: signing, encoding, reading',
		how: 'The code of the package, compiled, in the Node.js of n8n, without n8n, beside public libraries that n8n ships. The package reads a reply all the way to typed items and checks it on the way; the libraries give the bare values.',
		findings: [
			finding('Signatures of M2M', 'signatures', results.sign),
			finding('Hex of a message', 'messages', results.hex),
			finding(`XML of ${count(reports)} delivery reports`, 'reports', results.xml, 1),
			finding(`JSON of ${count(reports)} delivery reports`, 'reports', results.json, 0.5),
		],
	};
}
