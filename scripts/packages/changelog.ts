import { withoutChinese } from './englishOnly';
import { MAIN_PACKAGE, REPOSITORY_URL } from './manifest';
import { VENDOR_PACKAGES, type VendorPackage } from './table';

const CHINESE = /\p{Script=Han}/u;

/** Of the repository and of no package: what its commands do, and workflows to import. */
const OF_THE_REPOSITORY = /\bnpm (?:start|run)\b|^- \*\*Examples/;

const OF_TRIGGERS = /\btriggers?\b|\bpush(?:es|ed)?\b/i;

const hasTriggers = ({ nodes }: VendorPackage): boolean =>
	nodes.some((name) => name.endsWith('Trigger'));

/** Whether a line of the changelog is about this package, or about all. */
function concerns(line: string, one: VendorPackage): boolean {
	if (!line.startsWith('- ')) return true;
	if (OF_THE_REPOSITORY.test(line)) return false;
	if (one.toldBy.test(line)) return true;
	if (OF_TRIGGERS.test(line) && !hasTriggers(one)) return false;
	return !VENDOR_PACKAGES.some(({ toldBy }) => toldBy.test(line));
}

/** Without the sentences that give Chinese words; nothing, where the first one does. */
function inEnglish(line: string): string[] {
	const sentences = withoutChinese(line).split(/(?<=[.;] )/);
	const english = sentences.filter((sentence) => !CHINESE.test(sentence));
	return english[0] === sentences[0] ? [english.join('').trimEnd()] : [];
}

/** A heading whose lines are all gone goes with them. */
const withoutEmptySections = (text: string): string =>
	text.replace(/^### .*\n+(?=##|$(?!\n))/gm, '');

/** What of the changelog of all vendors concerns one of them, in English. */
export function changelogOf(one: VendorPackage, changelog: string): string {
	const at = changelog.search(/^## /m);
	const lines = changelog
		.slice(at)
		.replace(/\]\((?=[\w./-]+\.md)/g, `](${REPOSITORY_URL}/blob/main/`)
		.split('\n')
		.filter((line) => concerns(line, one))
		.flatMap(inEnglish);
	return [
		'# Changelog',
		`This package is made of the same source as [${MAIN_PACKAGE}](${REPOSITORY_URL}), and has its version. Of [the changes there](${REPOSITORY_URL}/blob/main/CHANGELOG.md), these concern it.`,
		withoutEmptySections(lines.join('\n')),
	].join('\n\n');
}
