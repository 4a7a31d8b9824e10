/** The table of provinces, as the document prints it. */
const PROVINCES = [
	...[
		'QG',
		'AH',
		'BJ',
		'CQ',
		'FJ',
		'GD',
		'GS',
		'GX',
		'GZ',
		'HE',
		'HJ',
		'HL',
		'HX',
		'HQ',
		'HY',
		'JL',
	],
	...[
		'JS',
		'JX',
		'LN',
		'NM',
		'NX',
		'QH',
		'SC',
		'SD',
		'SH',
		'SJ',
		'SS',
		'TJ',
		'XZ',
		'XJ',
		'YN',
		'ZJ',
	],
];

const SHAPE = /^[123]([A-Z]{2})(\d{6})[1234][01]$/;

/** Fen (hundredths of a yuan) for a megabyte. */
const PRICE_PER_MB = 3;

/** What a package of a code made by the document's rule costs, in fen; undefined for no such code. */
export function priceOf(flowCode: string): number | undefined {
	const [, province = '', digits = ''] = SHAPE.exec(flowCode) ?? [];
	const sizeMb = Number(digits);
	return PROVINCES.includes(province) && sizeMb > 0 ? sizeMb * PRICE_PER_MB : undefined;
}
