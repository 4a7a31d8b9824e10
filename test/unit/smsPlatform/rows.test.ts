import { VendorError } from '../../../nodes/shared/contracts/errors';
import type { RowName } from '../../../nodes/vendors/smsPlatform/documents';
import { rowsResponse, smsPlatformRows } from '../../../nodes/vendors/smsPlatform/rows';
import { growthOf, STILL_LINEAR } from '../../support/growth';
import { simplifyReply, simplifyReport } from '../../../nodes/vendors/smsPlatform/values';

const read = (name: RowName, text: string, status = 200) =>
	smsPlatformRows(name).parseResponse({ status, contentType: 'text/html', text });

const reports = (text: string) =>
	rowsResponse(read('statusbox', text), simplifyReport).map(({ simplify }) => simplify());
const replies = (text: string) =>
	rowsResponse(read('callbox', text), simplifyReply).map(({ simplify }) => simplify());

const failure = (name: RowName, text: string, status = 200): VendorError => {
	try {
		read(name, text, status);
	} catch (error) {
		if (error instanceof VendorError) return error;
		throw error;
	}
	throw new Error('It was read');
};

const box = (mobile: string) =>
	`<statusbox><mobile>${mobile}</mobile><taskid>1212</taskid><status>10</status><receivetime>2011-12-02 22:12:11</receivetime><errorcode>DELIVRD</errorcode><extno>01</extno></statusbox>`;

const report = (mobile: string) => ({
	mobile,
	taskId: '1212',
	status: 'delivered',
	statusCode: '10',
	receivedAt: '2011-12-02 22:12:11',
	errorCode: 'DELIVRD',
	extno: '01',
});

const xml = (inner: string) =>
	`<?xml version="1.0" encoding="utf-8" ?>\n<returnsms>${inner}</returnsms>`;

describe('XML', () => {
	test.each([
		['no row', xml(''), []],
		['an empty root', '<returnsms/>', []],
		['an empty box', xml('<statusbox/>'), []],
		['one row', xml(box('1')), [report('1')]],
		['many rows', xml(box('1') + box('2')), [report('1'), report('2')]],
	])('%s', (_, text, rows) => {
		expect(reports(text)).toEqual(rows);
	});

	test('as the document prints it, remarks included', () => {
		const text = `<?xml version="1.0" encoding="utf-8" ?>
<returnsms>
<statusbox>
<mobile>15023239810</mobile>-------------对应的手机号码
<taskid>1212</taskid>-------------同一批任务ID
<status>10</status>---------状态报告----10：发送成功，20：发送失败
<receivetime>2011-12-02 22:12:11</receivetime>-------------接收时间
<errorcode>DELIVRD</errorcode>-上级网关返回值，不同网关返回值不同，仅作为参考
<extno>01</extno>--子号，即自定义扩展号
</statusbox>
<statusbox>
<mobile>15023239811</mobile>
<taskid>1212</taskid>
<status>20</status>
<receivetime>2011-12-02 22:12:11</receivetime>
<errorcode>2</errorcode>
<extno></extno>
</statusbox>
</returnsms>`;
		expect(reports(text)).toEqual([
			report('15023239810'),
			{ ...report('15023239811'), status: 'failed', statusCode: '20', errorCode: '2', extno: '' },
		]);
	});

	test('content of all kinds', () => {
		const text = xml(
			'<callbox><mobile>1</mobile><content>1 &lt; 2 &amp; R&D <![CDATA[]]></content></callbox>' +
				'<callbox><mobile>2</mobile><content> 你好 &#128512;\n第二行 </content></callbox>',
		);
		expect(replies(text.replace('<![CDATA[]]>', '')).map(({ content }) => content)).toEqual([
			'1 < 2 & R&D ',
			' 你好 😀\n第二行 ',
		]);
	});

	test.each([
		['1', 'the user name or the password is empty'],
		['2', 'the user name or the password is wrong'],
		['3', 'this user may not see reports'],
		['4', 'the parameters are wrong'],
		['1006', 'the IP address is not allowed'],
	])('error %s', (code, meaning) => {
		const text = xml(`<errorstatus><error>${code}</error><remark>说明</remark></errorstatus>`);
		expect(failure('statusbox', text)).toMatchObject({
			code,
			message: expect.stringMatching(
				new RegExp(`^SMS platform refused: ${meaning} \\(${code}( BindIpError)?, 说明\\)$`),
			),
		});
	});

	test('a refusal with returnstatus', () => {
		const text = xml('<returnstatus>Faild</returnstatus><message>IP绑定错误</message>');
		expect(failure('callbox', text)).toMatchObject({
			code: 'Faild',
			message: 'SMS platform refused: the IP address is not allowed ("Faild", IP绑定错误)',
		});
	});
});

describe('JSON', () => {
	test('as the document prints it: 1 is success, no status, no extension number', () => {
		const text = `{"error":"1",
"remark":"成功",
"statusbox":[
    {"mobile":"15510331875",
     "taskid":"123",
     "receivetime":"2015-01-01 00:00:00",
     "errorcode":"dEv"
    },{
    "mobile":"13483728958",
    "taskid":"124",
    "receivetime":"2015-02-01 00:00:00",
    "errorcode":"DELIVRD"}
    ]
}`;
		expect(reports(text)).toEqual([
			{
				mobile: '15510331875',
				taskId: '123',
				status: 'failed',
				receivedAt: '2015-01-01 00:00:00',
				errorCode: 'dEv',
			},
			{
				mobile: '13483728958',
				taskId: '124',
				status: 'delivered',
				receivedAt: '2015-02-01 00:00:00',
				errorCode: 'DELIVRD',
			},
		]);
	});

	test.each([
		['{"error":"1","remark":"成功","callbox":[]}', 0],
		['{"error":"1","remark":"成功","callbox":null}', 0],
		['{"error":"1","remark":"成功"}', 0],
		['{"error":1,"callbox":{"mobile":"1","content":"x"}}', 1],
		['{"callbox":[{"mobile":"1"},{"mobile":"2"}]}', 2],
	])('%s', (text, count) => {
		expect(replies(text)).toHaveLength(count);
	});

	test('a task ID without quotes keeps its digits', () => {
		expect(reports('{"error":"1","statusbox":[{"taskid":2016102800000001234}]}')[0]?.taskId).toBe(
			'2016102800000001234',
		);
	});

	test('a refusal', () => {
		expect(
			failure('statusbox', '{"error":"1005","remark":"密码错了","statusbox":[]}'),
		).toMatchObject({ code: '1005', vendorMessage: '密码错了' });
	});
});

describe('no row is lost', () => {
	const CUT_OFF = expect.stringContaining('cut off') as string;
	const UNREAD = expect.stringContaining('as it came') as string;

	test('rows come even with an error beside them', () => {
		expect(reports(xml(`<errorstatus><error>4</error></errorstatus>${box('1')}`))).toEqual([
			report('1'),
		]);
		expect(reports('{"error":"1005","statusbox":[{"mobile":"1"}]}')).toHaveLength(1);
	});

	test.each([
		['in a row', `${box('1')}${box('2')}<statusbox><mobile>3</mob`, '<statusbox><mobile>3</mob'],
		['in a tag', `${box('1')}${box('2')}<stat`, '<stat'],
		['between two rows', `${box('1')}${box('2')}`, ''],
	])('XML that is cut off %s gives the whole rows and the rest', (_, inner, raw) => {
		const rows = reports(`<?xml version="1.0"?><returnsms>${inner}`);
		expect(rows.slice(0, 2)).toEqual([report('1'), report('2')]);
		expect(rows.slice(2)).toEqual([
			expect.objectContaining({ mobile: '', status: 'unknown', raw, problem: CUT_OFF }),
		]);
	});

	test('XML with a row that cannot be read gives the others, and that one as it came', () => {
		const broken = '<statusbox><mobile>2</statusbox>';
		const rows = reports(xml(box('1') + broken + box('3')));
		expect(rows).toEqual([
			report('1'),
			expect.objectContaining({ raw: broken, problem: UNREAD }),
			report('3'),
		]);
	});

	test('XML that is cut off in its first row gives that piece', () => {
		expect(reports('<returnsms><statusbox><mobile>1')).toEqual([
			expect.objectContaining({ raw: '<statusbox><mobile>1', problem: CUT_OFF }),
		]);
	});

	const row = (content: string) => `{"mobile":"1","content":${JSON.stringify(content)}}`;

	test.each([
		['in a row', `,{"mobile":"3","con`, '{"mobile":"3","con'],
		['behind a comma', ',', ''],
		['between two rows', '', ''],
	])('JSON that is cut off %s gives the whole rows and the rest', (_, tail, raw) => {
		const text = `{"error":"1","remark":"成功","callbox":[${row('a } ] "b\\')},${row('😀')}${tail}`;
		const rows = replies(text);
		expect(rows.slice(0, 2).map(({ content }) => content)).toEqual(['a } ] "b\\', '😀']);
		expect(rows.slice(2)).toEqual([expect.objectContaining({ raw, problem: CUT_OFF })]);
	});

	test('JSON with a row that cannot be read gives the others, and that one as it came', () => {
		const rows = replies(`{"error":"1","callbox":[${row('a')},{"mobile"},${row('c')}]}`);
		expect(rows.map(({ content, raw }) => raw ?? content)).toEqual(['a', '{"mobile"}', 'c']);
	});

	test('names in any case, in a bare list too', () => {
		const row = { mobile: '1', content: 'x', taskId: '', receivedAt: '', extno: '' };
		expect(replies('[{"Mobile":"1","Content":"x"}]')).toEqual([row]);
		expect(replies('{"CallBox":[{"MOBILE":1,"CONTENT":"x"}]}')).toEqual([row]);
		expect(replies(xml('<CallBox><Mobile>1</Mobile><CONTENT>x</CONTENT></CallBox>'))).toEqual([
			row,
		]);
		expect(replies('{"mobile":"1","content":"x"}')).toEqual([row]);
		expect(replies('{"error":"1","list":[{"mobile":"1","content":"x"}]}')).toEqual([row]);
		expect(replies('[]')).toEqual([]);
	});

	test('a row without any documented field comes as it is', () => {
		const row = { phone: '1', text: 'a <b>' };
		expect(replies(JSON.stringify({ callbox: [row] }))).toEqual([row]);
		expect(replies(JSON.stringify([row]))).toEqual([row]);
		expect(replies(xml('<callbox><phone>1</phone><text>a <b></text></callbox>'))).toEqual([row]);
		expect(reports('{"statusbox":[{"phone":"1"}]}')).toEqual([{ phone: '1' }]);
	});

	test('a row without the field that matters keeps what it has', () => {
		expect(replies('{"callbox":[{"mobile":"1","text":"hi"}]}')).toEqual([
			{ mobile: '1', taskId: '', content: '', receivedAt: '', extno: '', text: 'hi' },
		]);
		expect(reports('{"statusbox":[{"mobile":"1","state":"DELIVRD"}]}')).toMatchObject([
			{ mobile: '1', status: 'unknown', state: 'DELIVRD' },
		]);
	});

	test('a row of another kind than was asked for comes along', () => {
		expect(reports(xml(`<callbox><content>x</content></callbox>${box('1')}`))).toEqual([
			expect.objectContaining({ raw: '{"callbox":{"content":"x"}}', problem: UNREAD }),
			report('1'),
		]);
	});

	test.each([
		['a raw line break', row('a').replace('a"', 'a\n"')],
		['NaN', '{"mobile":NaN}'],
		['a trailing comma in a row', '{"mobile":"1",}'],
	])('JSON with %s costs nobody else, and was not cut off', (_, broken) => {
		const rows = replies(`{"error":"1","callbox":[${row('a')},${broken},${row('c')},]}`);
		expect(rows).toHaveLength(3);
		expect([rows[0]?.content, rows[2]?.content]).toEqual(['a', 'c']);
		expect(JSON.stringify(rows)).not.toContain('cut off');
	});

	test('JSON with a page behind it is read', () => {
		expect(replies(`{"callbox":[${row('a')}]}<html></html>`)).toHaveLength(1);
	});

	test.each([
		['{"error":"1","callbox":oops}', ['"oops"']],
		['[1,2,oops]', ['1', '2', '"oops"']],
	])('what is complete was not cut off, and nothing of it is lost: %s', (text, raw) => {
		expect(replies(text).map((row) => row.raw)).toEqual(raw);
		expect(JSON.stringify(replies(text))).not.toContain('cut off');
	});

	test('JSON that is 100,000 levels deep is unreadable', () => {
		const depth = 100_000;
		const nested = '['.repeat(depth) + ']'.repeat(depth);
		expect(failure('callbox', `{"callbox":${nested}}`).code).toBe('NOT_DATA');
		expect(failure('callbox', nested).code).toBe('NOT_DATA');
	});

	test.each([
		['spaces behind a name', '{"statusbox":', ' ', 50_000],
		// Beyond the size from which the engine takes a tenth of a second more to find what nests so deep.
		['names', '', '{"statusbox":', 2_000_000],
		['rows that cannot be read', '{"statusbox":[', '{"a":NaN},', 50_000],
		['open objects', '{"statusbox":[', '{', 50_000],
		['quotes', '{"statusbox":[{', '"', 50_000],
	])('%s are read or refused in linear time', (_, start, unit, from) => {
		const prepare = (size: number) => {
			const text = start + unit.repeat(Math.ceil(size / unit.length));
			return () => {
				try {
					read('statusbox', text);
				} catch {
					// Refused.
				}
			};
		};
		expect(growthOf(prepare, from)).toBeLessThan(STILL_LINEAR);
	});

	test('rows of a foreign kind come as they are', () => {
		expect(reports(xml('<row><mobile>1</mobile></row>'))).toEqual([
			expect.objectContaining({ raw: xml('<row><mobile>1</mobile></row>') }),
		]);
		expect(reports('{"error":"1","statusbox":["x"]}')).toEqual([
			expect.objectContaining({ raw: '"x"' }),
		]);
	});

	test('an error that was cut off behind its words is none of the rows', () => {
		const text = '<returnsms><errorstatus><error>2</error></errorstatus>';
		expect(failure('statusbox', text)).toMatchObject({
			code: 'TRUNCATED_REPLY',
			details: { reply: text },
		});
	});

	test('a reply without any row that was cut off goes along with the error', () => {
		expect(failure('statusbox', '<?xml version="1.0"?><returnsms><sta')).toMatchObject({
			code: 'TRUNCATED_REPLY',
			outcomeUnknown: true,
			details: { reply: '<?xml version="1.0"?><returnsms><sta' },
		});
		expect(failure('statusbox', 'whatever').details).toEqual({ reply: 'whatever' });
		expect(failure('statusbox', '').details).toEqual({});
		expect(failure('statusbox', '<html>x</html>', 502).details).toEqual({});
	});

	test('more than one document may hold is read row by row', () => {
		const content = '长'.repeat(10_000);
		const text = xml(`<callbox><content>${content}</content></callbox>`.repeat(900));
		expect(text.length).toBeGreaterThan(8 * 1024 * 1024);
		const rows = replies(text);
		expect(rows).toHaveLength(900);
		expect(rows.every((one) => one.content === content)).toBe(true);
	});

	test('a hostile document gives no rows', () => {
		const text = `<!DOCTYPE r [<!ENTITY x "boom">]><returnsms>${box('&x;')}</returnsms>`;
		expect(failure('statusbox', text).code).toBe('NOT_DATA');
	});
});
