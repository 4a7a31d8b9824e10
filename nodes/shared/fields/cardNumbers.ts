/** What goes wrong with the long numbers of cards on their way through spreadsheets. */

/** 15 digits that count, which is all that a spreadsheet keeps of a number, and zeros. */
const ROUNDED_ICCID = /^89\d{13}0{4,5}$/;

/** An ICCID of 19 digits fills its twentieth place with an F. */
const FILLED_ICCID = /^89[0-9a-z]{16,17}f$/i;

/**
 * Why a card with this number may not have been found, as a sentence of advice; undefined for a number
 * that looks as it should.
 */
export function adviseOnCardNumber(number: string): string | undefined {
	if (ROUNDED_ICCID.test(number)) {
		return 'The ICCID ends in zeros, as if a spreadsheet had rounded it: it keeps only 15 digits of a number. Format the column as text, and enter the full ICCID there.';
	}
	if (FILLED_ICCID.test(number)) {
		return 'The ICCID ends in F, which only fills the last place of a shorter one: try it without the F.';
	}
	return undefined;
}
