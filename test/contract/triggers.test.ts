import { nodes } from '../support/package';

const triggers = nodes.filter(({ node }) => node.description.webhooks !== undefined);

test('each kind of push has its trigger', () => {
	expect(triggers.length).toBeGreaterThanOrEqual(4);
});

test('there is one version of each, and not 1, for which n8n evaluates an expression at each push', () => {
	for (const { node } of triggers) expect(node.description.version).toBe(2);
});
