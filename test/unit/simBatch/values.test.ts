import { cardStatus, remainingKb } from '../../../nodes/vendors/simBatch/values';

test.each<[unknown, number | null]>([
	['8306.00KB', 8306],
	['4.00KB', 4],
	['0KB', 0],
	['0.25kb', 0.25],
	['1.5MB', 1536],
	['1.1MB', 1126.4],
	['1 MB', 1024],
	['2 GB', 2_097_152],
	['0.07GB', 73_400.32],
	['1.00GB', 1_048_576],
	['1TB', 1_073_741_824],
	['2M', 2048],
	['512B', 0.5],
	['8,306.00KB', 8306],
	['1,048,576KB', 1_048_576],
	['-12.50KB', -12.5],
	['8306', 8306],
	[8306.5, 8306.5],
	[' 8306.00KB ', 8306],
	['', null],
	[null, null],
	[undefined, null],
	['KB', null],
	['8306.00XB', null],
	['8306 pieces', null],
	['8306 KB left', null],
	['1.2.3KB', null],
	['8,3KB', null],
	['0x10KB', null],
	['1e3KB', null],
	['unlimited', null],
	[{}, null],
	[true, null],
])('a balance of %j is %j KB', (balance, kb) => {
	expect(remainingKb(balance)).toBe(kb);
});

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
