import { cardStatus } from '../../../nodes/vendors/simBatch/values';

test.each<[unknown, string]>([
	[0, 'suspended'],
	[1, 'active'],
	['0', 'suspended'],
	['1', 'active'],
	[2, 'unknown'],
	[-1, 'unknown'],
	['', 'unknown'],
	[null, 'unknown'],
	['constructor', 'unknown'],
])('status %j is %s', (code, status) => {
	expect(cardStatus(code)).toBe(status);
});
