import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCodes } from '../../nodes/shared/contracts/errors';
import { errorCodes as m2mCodes } from '../../nodes/vendors/m2m/errorCodes';
import { RESULT_CODES } from '../../nodes/vendors/smsPlatform/errorCodes';
import { errorCodes as trafficCodes } from '../../nodes/vendors/trafficRecharge/errorCodes';
import { examplesOf } from '../../test/examples';
import { TABLES } from '../../test/support/tables';
import { codeInChinese } from './chinese';
import { type Language, operationTable, READMES, replaceBetweenMarkers } from './operationTables';

const ROOT = join(__dirname, '..', '..');

const CODES: Record<string, ErrorCodes> = {
	m2m: m2mCodes,
	smsPlatform: RESULT_CODES,
	trafficRecharge: trafficCodes,
};

const CODE_HEADINGS: Record<Language, string> = {
	en: '| Code | Meaning | What to do |',
	zh: '| 代码 | 含义 | 处理办法 |',
};

/** The codes of a vendor's document, folded away below a line that can be clicked. */
function codeTable(vendor: string, codes: ErrorCodes, language: Language): string {
	const rows = Object.entries(codes).map(([code, { meaning, advice }]) => {
		const words = language === 'en' ? [meaning, advice] : codeInChinese(vendor, code);
		return `| ${[code, ...words].join(' | ')} |`;
	});
	return [CODE_HEADINGS[language], '| --- | --- | --- |', ...rows].join('\n');
}

/** A readme with everything drawn from the code as it stands now. */
export function freshReadme(language: Language): { file: string; current: string; fresh: string } {
	const file = READMES[language];
	const current = readFileSync(join(ROOT, file), 'utf8');
	let fresh = current;
	for (const [node, table] of Object.entries(TABLES)) {
		fresh = replaceBetweenMarkers(
			fresh,
			`operations ${node}`,
			operationTable(table, examplesOf(node), language),
		);
	}
	for (const [vendor, codes] of Object.entries(CODES)) {
		fresh = replaceBetweenMarkers(
			fresh,
			`error codes ${vendor}`,
			codeTable(vendor, codes, language),
		);
	}
	return { file, current, fresh };
}
