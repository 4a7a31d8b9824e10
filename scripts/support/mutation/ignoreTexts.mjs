import { PluginKind, declareValuePlugin } from '@stryker-mutator/api/plugin';

/** Properties that hold what people read. */
const TEXTS = new Set([
	'displayName',
	'description',
	'placeholder',
	'hint',
	'advice',
	'action',
	'notice',
	'meaning',
	'problem',
	'source',
	'eventTriggerDescription',
]);

const SENTENCE = /^[A-Z].* .*[.?!:]$/s;

const keyOf = ({ key }) => key?.name ?? key?.value;

/** The property whose value this text is, be it a choice of texts or put together of several. */
function findProperty(path) {
	let child = path;
	for (let parent = path.parentPath; parent; child = parent, parent = parent.parentPath) {
		if (parent.isObjectProperty()) return child.key === 'value' ? parent : undefined;
		const isPassedOn =
			parent.isBinaryExpression({ operator: '+' }) ||
			parent.isTSAsExpression() ||
			(parent.isConditionalExpression() && child.key !== 'test');
		if (!isPassedOn) return undefined;
	}
	return undefined;
}

/** The label of an operation, a choice or a node; other names are part of a protocol. */
function isLabel(property) {
	const siblings = property.parent.properties.map(keyOf);
	return siblings.includes('operation') || siblings.includes('value');
}

/** Keeps texts for people out; everything that a vendor or n8n reads is mutated. */
function shouldIgnore(path) {
	if (!path.isStringLiteral() && !path.isTemplateLiteral()) return undefined;
	if (path.isStringLiteral() && SENTENCE.test(path.node.value)) return 'a sentence for people';
	if (path.isStringLiteral() && path.parentPath.isNewExpression()) {
		const { name = '' } = path.parent.callee;
		if (name.endsWith('Error')) return 'the text of an error';
	}
	const property = findProperty(path);
	if (property === undefined) return undefined;
	const key = keyOf(property.node);
	if (TEXTS.has(key) || (key === 'name' && isLabel(property))) return 'a text for people';
	return undefined;
}

export const strykerPlugins = [
	declareValuePlugin(PluginKind.Ignore, 'texts-for-people', { shouldIgnore }),
];
