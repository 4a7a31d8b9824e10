import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
// With its ending: without, the codex file beside it is meant.
import { m2mCardTable } from '../../nodes/M2mCard/M2mCard.node.ts';
import { smsPlatformTable } from '../../nodes/SmsPlatform/SmsPlatform.node.ts';
import { trafficRechargeTable } from '../../nodes/TrafficRecharge/TrafficRecharge.node.ts';
import type { ErrorCodes } from '../../nodes/shared/contracts/errors';
import type { ActionTable } from '../../nodes/shared/action/actionProperties';
import { errorCodes as m2mCodes } from '../../nodes/vendors/m2m/errorCodes';
import { RESULT_CODES } from '../../nodes/vendors/smsPlatform/errorCodes';
import { errorCodes as trafficCodes } from '../../nodes/vendors/trafficRecharge/errorCodes';
import { CODES as CHINESE_CODES, inChinese } from './chinese';
import { type Language, operationTable, READMES, replaceBetweenMarkers } from './operationTables';

const ROOT = join(__dirname, '..', '..');

const TABLES: Record<string, ActionTable> = {
	m2mCard: m2mCardTable,
	smsPlatform: smsPlatformTable,
	trafficRecharge: trafficRechargeTable,
};

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
		const words =
			language === 'en' ? [meaning, advice] : inChinese(CHINESE_CODES[vendor] ?? {}, code);
		return `| ${[code, ...words].join(' | ')} |`;
	});
	return [CODE_HEADINGS[language], '| --- | --- | --- |', ...rows].join('\n');
}

/** A readme with everything drawn from the code as it stands now. */
export function freshReadme(language: Language): { file: string; current: string; fresh: string } {
	const file = join(ROOT, READMES[language]);
	const current = readFileSync(file, 'utf8');
	let fresh = current;
	for (const [node, table] of Object.entries(TABLES)) {
		fresh = replaceBetweenMarkers(
			fresh,
			`operations ${node}`,
			operationTable(node, table, language),
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

export function writeReadmes(): void {
	for (const language of Object.keys(READMES) as Language[]) {
		const { file, fresh } = freshReadme(language);
		writeFileSync(file, fresh);
	}
}
