/** The part of a node's page that is drawn: parameters and output fields, operation by operation. */
import type { INodeProperties, INodeType } from 'n8n-workflow';

import { examplesOf } from '../../test/examples';
import { Explained } from '../../test/harness/failure';
import { credentials, nodes } from '../../test/support/package';
import { readPreview } from '../../test/support/previews';
import { shownFor } from '../../test/support/publishedNames';
import { TABLES } from '../../test/support/tables';
import type { Language } from './markdown';
import { EFFECTS, operationHeading, operationInWords, sourceInWords } from './operationTables';
import { outputTable, triggerOutputs } from './outputTables';
import { asSentence, COMMON_PARAMETERS, commonLabels, parameterTable } from './parameterTables';

const WORDS: Record<
	Language,
	{
		common: string;
		also: (labels: readonly string[]) => string;
		semicolon: string;
		waits: string;
	}
> = {
	en: {
		common: 'Parameters of most operations',
		also: (labels) => `And: ${labels.map((label) => `_${label}_`).join(', ')}, see above.`,
		semicolon: '; ',
		waits: 'Without an output preview.',
	},
	zh: {
		common: '多数操作共有的参数',
		also: (labels) => `另有：${labels.map((label) => `_${label}_`).join('、')}，见上文。`,
		semicolon: '；',
		waits: '没有输出预览。',
	},
};

function nodeNamed(name: string): { readonly folder: string; readonly node: INodeType } {
	const found = nodes.find(({ node }) => node.description.name === name);
	if (!found) throw new Explained(`There is no node ${name}.`);
	return found;
}

const sections = (parts: ReadonlyArray<string | undefined>): string =>
	parts.filter((part) => part !== undefined && part !== '').join('\n\n');

/** All properties that stand in a panel at some time, each once. */
const distinct = (properties: readonly INodeProperties[]): INodeProperties[] => {
	const byName = new Map<string, INodeProperties>();
	for (const property of properties) {
		const known = byName.get(property.name);
		byName.set(
			property.name,
			known?.type === 'collection'
				? {
						...known,
						options: [...(known.options ?? []), ...(property.options ?? [])].filter(
							({ name }, at, all) => all.findIndex((other) => other.name === name) === at,
						),
					}
				: (known ?? property),
		);
	}
	return [...byName.values()];
};

/**
 * Of an action node: what all operations share, then each operation under a heading of its own.
 *
 * @param previews the folder below which the output previews are
 */
export function actionReference(name: string, language: Language, previews: string): string {
	const { folder, node } = nodeNamed(name);
	const actions = TABLES[name];
	if (!actions) throw new Explained(`${name} has no operations.`);
	const { description } = node;
	const words = WORDS[language];
	const operations = actions.operations.map((operation) => {
		const own = shownFor(description, operation.resource, operation.operation);
		const common = commonLabels(own);
		const preview = readPreview(previews, folder, `${operation.resource}.${operation.operation}`);
		return sections([
			`### ${operationHeading(actions, operation)}`,
			`${asSentence(operationInWords(operation, examplesOf(name), language), language)} _${sourceInWords(operation.source, language)}${words.semicolon}${EFFECTS[language][operation.effect]}_`,
			parameterTable(own, language, (path) => !COMMON_PARAMETERS.has(path)),
			common.length === 0 ? '' : words.also(common),
			preview ? outputTable(preview, language) : words.waits,
		]);
	});
	const common = parameterTable(distinct(description.properties), language, (path) =>
		COMMON_PARAMETERS.has(path),
	);
	return sections([`### ${words.common}`, common, ...operations]);
}

/** Of a trigger node: its parameters. */
export const triggerParameters = (name: string, language: Language): string =>
	parameterTable(nodeNamed(name).node.description.properties, language);

/** Of a trigger node: what it puts out, event by event. */
export const triggerReference = (name: string, language: Language): string =>
	sections(
		triggerOutputs(name).flatMap(({ title, schema }) => [
			title === undefined ? '' : `**${title}**`,
			outputTable(schema, language),
		]),
	);

/** The fields of a credential. */
export function credentialTable(name: string, language: Language): string {
	const credential = credentials.find((one) => one.name === name);
	if (!credential) throw new Explained(`There is no credential ${name}.`);
	return parameterTable(credential.properties, language);
}
