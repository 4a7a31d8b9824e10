/**
 * The pages of the docs with everything drawn from the code as it stands now. A page says by markers
 * where what is to stand: `<!-- operations m2mCard -->` … `<!-- /operations m2mCard -->`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

import { examplesOf } from '../../test/examples';
import { TABLES } from '../../test/support/tables';
import { codeTable, CODES } from './codeTables';
import { exampleList, exampleSteps } from './exampleTables';
import {
	type Language,
	languageOf,
	markersIn,
	READMES,
	replaceBetweenMarkers,
	ROOT,
} from './markdown';
import { operationTable } from './operationTables';
import { actionReference, credentialTable, triggerParameters, triggerReference } from './reference';

/**
 * What draws a kind of marker.
 *
 * @param previews the folder below which the output previews are
 */
type Draw = (of: string, language: Language, previews: string) => string;

function known<Value>(table: Readonly<Record<string, Value>>, name: string): Value {
	const value = Object.hasOwn(table, name) ? table[name] : undefined;
	if (value === undefined) throw new Error(`There is no "${name}" to draw`);
	return value;
}

const DRAWN: Readonly<Record<string, Draw>> = {
	operations: (node, language) =>
		operationTable(known(TABLES, node), examplesOf(node), language, true),
	reference: actionReference,
	parameters: triggerParameters,
	outputs: triggerReference,
	credential: credentialTable,
	'error codes': (vendor, language) => codeTable(vendor, known(CODES, vendor), language),
	examples: (_all, language) => exampleList(language),
	'example steps': (_all, language) => exampleSteps(language),
};

/** What `scripts/packages` draws, from what it knows of the packages of one vendor. */
const DRAWN_ELSEWHERE: ReadonlySet<string> = new Set(['move commands', 'way back', 'messages']);

/** The readmes, and every page below docs/, from the root of the repository. */
export const pageFiles = (): string[] => [
	...Object.values(READMES),
	...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.md') && !file.startsWith('.'))
		.map((file) => ['docs', ...file.split(sep)].join('/'))
		.sort(),
];

/**
 * A page as it is, and as it should be.
 *
 * @param previews the folder below which the output previews are, where they are not those of the repository
 */
export function freshPage(file: string, previews = ROOT): { current: string; fresh: string } {
	const current = readFileSync(join(ROOT, file), 'utf8');
	const language = languageOf(file);
	const markers = markersIn(current).filter((marker) => !DRAWN_ELSEWHERE.has(marker));
	const fresh = markers.reduce((text, marker) => {
		const kind = Object.keys(DRAWN).find(
			(name) => marker === name || marker.startsWith(`${name} `),
		);
		if (kind === undefined) throw new Error(`${file}: nothing draws <!-- ${marker} -->`);
		return replaceBetweenMarkers(
			text,
			marker,
			known(DRAWN, kind)(marker.slice(kind.length + 1), language, previews),
		);
	}, current);
	return { current, fresh };
}
