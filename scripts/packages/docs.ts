/** The pages of the docs that tell which package to choose, with what is drawn from the code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceBetweenMarkers } from '../support/operationTables';
import { MESSAGES } from './englishOnly';
import { moveBackCommand, moveCommand } from './move';
import { VENDOR_PACKAGES } from './table';

const ROOT = join(__dirname, '..', '..');

const asCode = (command: string): string => ['```bash', command, '```'].join('\n');

const moveCommands = (to: string, colon: string): string =>
	VENDOR_PACKAGES.map((one) =>
		[`${to} \`${one.name}\`${colon}`, asCode(moveCommand(one))].join('\n\n'),
	).join('\n\n');

const messages = (): string =>
	Object.keys(MESSAGES)
		.map((message) => `- ${message}`)
		.join('\n');

const page = (file: string, sections: Readonly<Record<string, string>>): [string, string] => [
	file,
	Object.entries(sections).reduce(
		(text, [name, content]) => replaceBetweenMarkers(text, name, content),
		readFileSync(join(ROOT, file), 'utf8'),
	),
];

/** As they should stand: files and their texts. */
export const freshPackageDocs = (): Array<[file: string, text: string]> => [
	page('docs/packages.md', {
		'move commands': moveCommands('To', ':'),
		'way back': asCode(moveBackCommand()),
	}),
	page('docs/packages.zh-CN.md', {
		'move commands': moveCommands('换到', '：'),
		'way back': asCode(moveBackCommand()),
		messages: messages(),
	}),
];
