import {
	deliveryStatus,
	encodeUtf16Hex,
	formatPlanSendTime,
	simplifyReply,
	simplifyReport,
	countSegments,
	formatSendTime,
	appendSignature,
} from '../../../nodes/vendors/smsPlatform/values';

test.each([
	[
		'test message[HuaXin]',
		'00740065007300740020006D006500730073006100670065005B00480075006100580069006E005D',
	],
	['测试【华信】', '6D4B8BD53010534E4FE13011'],
	['Hi 测试😀【华信】', '0048006900206D4B8BD5D83DDE003010534E4FE13011'],
	['\n\r"', '000A000D0022'],
])('hex of %s', (text, hex) => {
	expect(encodeUtf16Hex(text)).toBe(hex);
});

test.each([
	['a'.repeat(70), 1],
	['a'.repeat(71), 2],
	['测'.repeat(134), 2],
	['测'.repeat(135), 3],
	['😀'.repeat(35), 1],
	['😀'.repeat(36), 2],
])('segments of %s', (text, count) => {
	expect(countSegments(text)).toBe(count);
});

test.each([
	['text', '华信', 'text【华信】'],
	['text【华信】', '华信', 'text【华信】'],
	['text【华信】 \n', '华信', 'text【华信】 \n'],
	['text【其他】', '华信', 'text【其他】【华信】'],
	['【华信】text', '华信', '【华信】text【华信】'],
	['text', undefined, 'text'],
])('%s signed by %s', (content, signature, message) => {
	expect(appendSignature(content, signature)).toBe(message);
});

test('times are China time, whatever the server thinks', () => {
	const moment = Date.UTC(2024, 11, 31, 17, 8, 9);
	expect(formatSendTime(moment)).toBe('2025-01-01 01:08:09');
	expect(formatSendTime(undefined)).toBe('');
	expect(formatPlanSendTime(moment)).toBe('2025-01-01T01:08:09+08:00');
});

test.each([
	[{ status: '10', errorcode: '2' }, 'delivered'],
	[{ status: '20', errorcode: 'DELIVRD' }, 'failed'],
	[{ status: 10 }, 'delivered'],
	[{ status: '30' }, 'unknown'],
	[{ errorcode: 'DELIVRD' }, 'delivered'],
	[{ errorcode: 'dEv' }, 'failed'],
	[{ errorcode: '' }, 'unknown'],
	[{}, 'unknown'],
])('%j', (row, status) => {
	expect(deliveryStatus(row)).toBe(status);
});

test('a report in XML has a code and an extension number, one in JSON has none', () => {
	const row = { mobile: '015023239810', taskid: '0012', receivetime: '2016/1/26 11:02:08' };
	const named = { mobile: '015023239810', taskId: '0012', receivedAt: '2016/1/26 11:02:08' };
	expect(simplifyReport({ ...row, status: '10', errorcode: 'DELIVRD', extno: '01' })).toEqual({
		...named,
		status: 'delivered',
		statusCode: '10',
		errorCode: 'DELIVRD',
		extno: '01',
	});
	expect(simplifyReport({ ...row, errorcode: 'back' })).toEqual({
		...named,
		status: 'failed',
		errorCode: 'back',
	});
});

test('a reply keeps its white space', () => {
	expect(
		simplifyReply({
			mobile: '13800138000',
			taskid: '',
			content: ' 你好\n😀 ',
			receivetime: '0001-01-01 00:00:00',
			extno: '01',
		}),
	).toEqual({
		mobile: '13800138000',
		taskId: '',
		content: ' 你好\n😀 ',
		receivedAt: '0001-01-01 00:00:00',
		extno: '01',
	});
});
