import type { SimulatorReply } from '../../types';
import { inQueryXml, inWords } from '../codes';
import type { Refused } from '../codes';
import { element, elements, xmlReply } from '../xml';
import type { Site } from './page';

/** A success; `vendorWord` is how the vendor spells it on this page. */
export function success(
	{ world }: Site,
	vendorWord: string,
	fields: Readonly<Record<string, string>>,
): SimulatorReply {
	const { successWord } = world.settings;
	const returnstatus = successWord === 'vendor' ? vendorWord : successWord;
	return xmlReply(elements({ returnstatus, ...fields }));
}

/** A refusal; `fields` follow `message` where the page always has them. */
export function failure(
	{ world }: Site,
	refused: Refused,
	fields: Readonly<Record<string, string>> = {},
): SimulatorReply {
	const { errorShape } = world.settings;
	if (errorShape === 'returnstatus') {
		return xmlReply(elements({ returnstatus: 'Faild', message: inWords(refused), ...fields }));
	}
	const rows = elements(inQueryXml(refused));
	return xmlReply(errorShape === 'flat' ? rows : [element('errorstatus', rows)]);
}
