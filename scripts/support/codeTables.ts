/** The tables of the platforms' codes, drawn from the code. */
import type { ErrorCodes } from '../../nodes/shared/contracts/errors';
import { errorCodes as m2mCodes } from '../../nodes/vendors/m2m/errorCodes';
import { RESULT_CODES } from '../../nodes/vendors/smsPlatform/errorCodes';
import { errorCodes as trafficCodes } from '../../nodes/vendors/trafficRecharge/errorCodes';
import { codeInChinese } from './chinese';
import { type Language, table } from './markdown';

export const CODES: Readonly<Record<string, ErrorCodes>> = {
	m2m: m2mCodes,
	smsPlatform: RESULT_CODES,
	trafficRecharge: trafficCodes,
};

const HEADINGS: Record<Language, readonly string[]> = {
	en: ['Code', 'Meaning', 'What to do'],
	zh: ['代码', '含义', '处理办法'],
};

/** The codes of a vendor's document, each with what it means and what to do. */
export const codeTable = (vendor: string, codes: ErrorCodes, language: Language): string =>
	table(
		HEADINGS[language],
		Object.entries(codes).map(([code, { meaning, advice }]) => [
			code,
			...(language === 'en' ? [meaning, advice] : codeInChinese(vendor, code)),
		]),
	);
