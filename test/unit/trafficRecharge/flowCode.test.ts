import { InputError } from '../../../nodes/shared/contracts/errors';
import type { Environment, Field } from '../../../nodes/shared/contracts/operation';
import {
	flowCode,
	flowCodeParts,
	isComplete,
	orderOptions,
	phone,
} from '../../../nodes/vendors/trafficRecharge/fields';
import {
	buildFlowCode,
	explainFlowCode,
	PROVINCES,
} from '../../../nodes/vendors/trafficRecharge/flowCode';
import { checkSize } from '../../../nodes/vendors/trafficRecharge/placeOrder';
import { orderStatus } from '../../../nodes/vendors/trafficRecharge/values';

const environment: Environment = {
	now: () => 0,
	random: () => '',
	sleep: async () => {},
	timeZone: 'UTC',
};

const parse = <Value>(field: Field<Value>, raw: unknown): Value => field.parse(raw, environment);

/** The table of the document, in its order. */
const TABLE =
	'安徽 AH 北京 BJ 重庆 CQ 福建 FJ 广东 GD 甘肃 GS 广西 GX 贵州 GZ 湖北 HE 河北 HJ 黑龙江 HL 湖南 HX ' +
	'海南 HQ 河南 HY 吉林 JL 江苏 JS 江西 JX 辽宁 LN 内蒙 NM 宁夏 NX 青海 QH 四川 SC 山东 SD 上海 SH ' +
	'山西 SJ 陕西 SS 天津 TJ 西藏 XZ 新疆 XJ 云南 YN 浙江 ZJ 全国 QG';

const NAMES: Readonly<Record<string, string>> = {
	HE: 'Hubei',
	HJ: 'Hebei',
	HX: 'Hunan',
	HY: 'Henan',
	HQ: 'Hainan',
	SJ: 'Shanxi',
	SS: 'Shaanxi',
	QG: 'Nationwide',
	NM: 'Inner Mongolia',
	XZ: 'Tibet',
	GD: 'Guangdong',
};

describe('provinces', () => {
	test('are the 31 of the document, and nationwide', () => {
		const words = TABLE.split(' ');
		const expected = words.flatMap((chinese, index) =>
			index % 2 === 0 ? [`${chinese} ${words[index + 1]}`] : [],
		);
		const actual = PROVINCES.map(({ chinese, code }) => `${chinese} ${code}`);
		expect(expected).toHaveLength(32);
		expect([...actual].sort()).toEqual([...expected].sort());
	});

	test.each(Object.entries(NAMES))('%s is %s', (code, name) => {
		expect(explainFlowCode(`1${code}00001010`)).toMatchObject({
			province: name,
			provinceCode: code,
		});
	});

	test('have names that differ', () => {
		expect(new Set(PROVINCES.map(({ name }) => name)).size).toBe(32);
	});
});

describe('codes', () => {
	test.each([
		// The document's own: Beijing, 10 MB red packet, national; nationwide, 10 MB, provincial.
		['1BJ00001020', '1', 'BJ', 10, '2', '0'],
		['2QG00001011', '2', 'QG', 10, '1', '1'],
		['3HE00102440', '3', 'HE', 1024, '4', '0'],
		['1XJ99999931', '1', 'XJ', 999_999, '3', '1'],
	])('%s is built of its parts', (code, carrier, province, sizeMb, packageType, roaming) => {
		const parts = { carrier, province, sizeMb, packageType, roaming };
		expect(buildFlowCode(parts)).toBe(code);
		expect(explainFlowCode(code)).toMatchObject({
			flowCode: code,
			carrierCode: carrier,
			provinceCode: province,
			sizeMb,
			packageTypeCode: packageType,
			roamingCode: roaming,
		});
	});

	test('are explained', () => {
		expect(explainFlowCode('1BJ00001020')).toEqual({
			flowCode: '1BJ00001020',
			carrier: 'mobile',
			carrierCode: '1',
			province: 'Beijing',
			provinceCode: 'BJ',
			sizeMb: 10,
			packageType: 'redPacket',
			packageTypeCode: '2',
			roaming: 'national',
			roamingCode: '0',
		});
	});

	test.each([
		['9ZZ00001079', { carrier: 'unknown', province: 'unknown', packageType: 'unknown' }],
		[
			'9ZZ00001079',
			{ carrierCode: '9', provinceCode: 'ZZ', packageTypeCode: '7', roamingCode: '9' },
		],
		['1QG000010', { province: 'Nationwide', sizeMb: 10, packageType: '', roaming: '' }],
		['1QG50M', { province: 'Nationwide', sizeMb: null, packageTypeCode: '' }],
		['XZ-SPECIAL-50M', { flowCode: 'XZ-SPECIAL-50M', carrier: '', carrierCode: '', sizeMb: null }],
		['1QG00001010-X', { sizeMb: 10, roaming: 'national' }],
	])('%s beside the rule is explained as far as it goes: %j', (code, explained) => {
		expect(explainFlowCode(code)).toMatchObject(explained);
	});

	test('typed by hand are refused only when there is none', () => {
		expect(parse(flowCode, ' XZ-SPECIAL-50M ')).toBe('XZ-SPECIAL-50M');
		expect(() => parse(flowCode, ' ')).toThrow(InputError);
	});
});

describe('parts', () => {
	const { carrier, province, sizeMb, packageType, roaming } = flowCodeParts;

	test.each([
		[carrier, '1', '1'],
		[carrier, 2, '2'],
		[carrier, 'Unicom', '3'],
		[carrier, '中国移动'.slice(2), '1'],
		[province, 'QG', 'QG'],
		[province, 'bj', 'BJ'],
		[province, 'Inner Mongolia', 'NM'],
		[province, '湖北省', 'HE'],
		[province, '内蒙古自治区', 'NM'],
		[packageType, 'redPacket', '2'],
		[packageType, 'Red Packet', '2'],
		[roaming, 'provincial', '1'],
		[roaming, 0, '0'],
		[carrier, '中国移动', '1'],
		[carrier, 'China Mobile', '1'],
		[carrier, 'cmcc', '1'],
		[carrier, '00', '1'],
		[carrier, '46000', '1'],
		[carrier, 46001, '3'],
		[carrier, '中国电信', '2'],
		[carrier, '1.0', '1'],
		[carrier, '\u200b３', '3'],
		[province, 'Anhui (AH)', 'AH'],
		[province, '全国', 'QG'],
		[province, '新疆维吾尔自治区', 'XJ'],
		[province, '上海市', 'SH'],
		[packageType, '标准包', '1'],
		[packageType, 'RED PACKET', '2'],
		[roaming, '省内漫游', '1'],
	])('take codes and names: %#', (field, raw, code) => {
		expect(parse(field, raw)).toBe(code);
	});

	test.each([
		[carrier, '4'],
		[carrier, '-1'],
		// China Unicom to a phone, and perhaps China Mobile to a table.
		[carrier, '01'],
		[carrier, 0],
		[carrier, ''],
		[province, 'XX'],
		[province, 'Atlantis'],
		[roaming, '2'],
	])('refuse what is neither: %#', (field, raw) => {
		expect(() => parse(field, raw)).toThrow(/is not one of its choices/);
	});

	test.each([
		[1, 1],
		[999_999, 999_999],
		['500', 500],
		['500 MB', 500],
		['1GB', 1024],
		['1.5 g', 1536],
		['1.0', 1],
		['５００ＭＢ', 500],
		[' 10\u200b ', 10],
	])('size %j', (raw, megabytes) => {
		expect(parse(sizeMb, raw)).toBe(megabytes);
	});

	test.each([
		0,
		-1,
		1_000_000,
		1.5,
		'0.0001 G',
		'',
		null,
		undefined,
		'much',
		'1 TB',
		'0x10',
		'1e2',
		'1_000',
		'0x10 MB',
		'1e2 MB',
		'1.000 MB',
		'\u200b',
	])('refuse the size %j', (raw) => {
		expect(() => parse(sizeMb, raw)).toThrow(/^Size \(MB\) /);
	});

	test('make an order only together', () => {
		const parts = { carrier: '1', province: 'QG', sizeMb: 1, packageType: '1', roaming: '0' };
		expect(isComplete(parts)).toBe(true);
		expect(isComplete({ ...parts, sizeMb: undefined })).toBe(false);
	});
});

describe('under a limit', () => {
	const check = (flowCode: string, maxSizeMb: number | undefined = 50) =>
		checkSize({
			phone: '13800138000',
			flowCode,
			customParm: undefined,
			preventDuplicates: true,
			maxSizeMb,
			maxOrders: undefined,
		});

	test.each(['1QG00001010', '2BJ00005041', '3XJ00000111'])('%s fits', (code) => {
		expect(() => check(code)).not.toThrow();
	});

	test.each([
		...[
			'1QG00001010/1QG99999910',
			'1QG00001099999999',
			'1QG00001010-X',
			'1QG00001010 ',
			'X1QG00001010',
		],
		...['1QG000010', '1QG0000101', '1ZZ00001010', '9QG00001010', '1QG00001050', '1QG00001012'],
		...['1QG00000010', '1qg00001010', '1QG00001010,1QG99999910', '1QG00001010\n', 'XZ-SPECIAL-50M'],
	])('%j does not tell its size for certain', (code) => {
		expect(() => check(code)).toThrow(/^Flow Code ".*" does not tell its size for certain$/s);
		expect(() =>
			checkSize({
				phone: '13800138000',
				flowCode: code,
				customParm: undefined,
				preventDuplicates: true,
				maxSizeMb: undefined,
				maxOrders: undefined,
			}),
		).not.toThrow();
	});

	test('a code that asks for more is refused', () => {
		expect(() => check('1QG00005110')).toThrow('Flow Code asks for 51 MB, which is too much');
	});
});

test.each([
	['ORDER\u200b-1', 'ORDER-1'],
	['\ufeffORDER-1 ', 'ORDER-1'],
	['ORDER\u00a01', 'ORDER 1'],
	['订单（1）', '订单（1）'],
	[undefined, undefined],
	['\u200b', undefined],
])('the Custom Parameter %j is %j', (raw, reference) => {
	expect(parse(orderOptions.customParm, raw)).toBe(reference);
});

test.each(['null', 'undefined', 'ORDER-undefined', '[object Object]', 'x'.repeat(201), 'a\nb', {}])(
	'the Custom Parameter %j is refused',
	(raw) => {
		expect(() => parse(orderOptions.customParm, raw)).toThrow(/^Custom Parameter /);
	},
);

describe('Phone', () => {
	test.each([
		['13800138000', '13800138000'],
		[13800138000, '13800138000'],
		['+86 138-0013-8000', '13800138000'],
		['0086(138)00138000', '13800138000'],
		['8613800138000', '13800138000'],
		['１３８００１３８０００', '13800138000'],
		['1064800000001', '1064800000001'],
		['861064800000001', '1064800000001'],
		['13800138000.0', '13800138000'],
		["'13800138000", '13800138000'],
		['\u202a138\u00a00013\u200b8000\u202c', '13800138000'],
	])('%j is %s', (raw, national) => {
		expect(parse(phone, raw)).toBe(national);
	});

	test.each([
		...['', 'nobody', '+1 555 010 0199', '13800138000,13800138001', '1.38E+10', 'undefined'],
		...['1380013800', '138001380000', '02087654321', '0013800138000', '12345678901', 1380013800.5],
		...['13800138000 10086', '13800138000-10086', '13800138000/13900139000', '2064800000001'],
	])('%j is refused', (raw) => {
		expect(() => parse(phone, raw)).toThrow(/^Phone /);
	});
});

test('limits are off unless they are set', () => {
	expect(parse(orderOptions.maxOrders, undefined)).toBeUndefined();
	expect(parse(orderOptions.maxOrders, '')).toBeUndefined();
	expect(parse(orderOptions.maxOrders, 3)).toBe(3);
	expect(() => parse(orderOptions.maxSizeMb, 0)).toThrow('Max Size (MB) 0 is out of range');
});

test.each([
	['1', 'succeeded'],
	[1, 'succeeded'],
	['0', 'processing'],
	[0, 'processing'],
	['2', 'failed'],
	['-1', 'failed'],
	['', 'failed'],
])('trafficSts %j is %s', (code, status) => {
	expect(orderStatus(code)).toBe(status);
});
