/** Flow codes: what to recharge, in eleven characters (document, `flowCode`). */
import type { IDataObject } from 'n8n-workflow';

/** What a code may say in one of its parts. */
export interface Meaning {
	readonly code: string;
	/** As in outputs. */
	readonly name: string;
	/** As in the dropdown. */
	readonly label: string;
	/** What Chinese data calls it, without the suffix of a province. */
	readonly chinese: string;
	/** What else it is called. */
	readonly aliases?: readonly string[];
}

/**
 * First character. The network codes of an IMSI go with them as far as they cannot be mistaken: `01` is
 * Unicom to a phone, and may be China Mobile to a table of these codes.
 */
export const CARRIERS = [
	{
		code: '1',
		name: 'mobile',
		label: 'China Mobile',
		chinese: '移动',
		aliases: ['中国移动', 'CMCC', '00', '46000', '46002', '46004', '46007', '46008', '46013'],
	},
	{
		code: '2',
		name: 'telecom',
		label: 'China Telecom',
		chinese: '电信',
		aliases: ['中国电信', 'CTCC', '46003', '46005', '46011', '46012'],
	},
	{
		code: '3',
		name: 'unicom',
		label: 'China Unicom',
		chinese: '联通',
		aliases: ['中国联通', 'CUCC', '46001', '46006', '46009', '46010'],
	},
] as const satisfies readonly Meaning[];

const province = <const Code extends string>(
	code: Code,
	name: string,
	chinese: string,
	...aliases: string[]
) => ({
	code,
	name,
	label: `${name} (${code})`,
	chinese,
	aliases: [...['省', '市', '自治区'].map((suffix) => chinese + suffix), ...aliases],
});

/** Second and third character; the letters of Hubei, Hebei, Hunan, Henan and Hainan are no slips. */
export const PROVINCES = [
	province('QG', 'Nationwide', '全国', '全网', '中国', 'National', 'China'),
	province('AH', 'Anhui', '安徽'),
	province('BJ', 'Beijing', '北京'),
	province('CQ', 'Chongqing', '重庆'),
	province('FJ', 'Fujian', '福建'),
	province('GS', 'Gansu', '甘肃'),
	province('GD', 'Guangdong', '广东'),
	province('GX', 'Guangxi', '广西', '广西壮族自治区'),
	province('GZ', 'Guizhou', '贵州'),
	province('HQ', 'Hainan', '海南'),
	province('HJ', 'Hebei', '河北'),
	province('HL', 'Heilongjiang', '黑龙江'),
	province('HY', 'Henan', '河南'),
	province('HE', 'Hubei', '湖北'),
	province('HX', 'Hunan', '湖南'),
	province('NM', 'Inner Mongolia', '内蒙', '内蒙古', '内蒙古自治区'),
	province('JS', 'Jiangsu', '江苏'),
	province('JX', 'Jiangxi', '江西'),
	province('JL', 'Jilin', '吉林'),
	province('LN', 'Liaoning', '辽宁'),
	province('NX', 'Ningxia', '宁夏', '宁夏回族自治区'),
	province('QH', 'Qinghai', '青海'),
	province('SS', 'Shaanxi', '陕西'),
	province('SD', 'Shandong', '山东'),
	province('SH', 'Shanghai', '上海'),
	province('SJ', 'Shanxi', '山西'),
	province('SC', 'Sichuan', '四川'),
	province('TJ', 'Tianjin', '天津'),
	province('XZ', 'Tibet', '西藏', 'Xizang'),
	province('XJ', 'Xinjiang', '新疆', '新疆维吾尔自治区'),
	province('YN', 'Yunnan', '云南'),
	province('ZJ', 'Zhejiang', '浙江'),
] as const satisfies readonly Meaning[];

/** Tenth character. */
export const PACKAGE_TYPES = [
	{ code: '1', name: 'standard', label: 'Standard', chinese: '标准包', aliases: ['标准'] },
	{ code: '2', name: 'redPacket', label: 'Red Packet', chinese: '红包' },
	{ code: '3', name: 'quick', label: 'Quick', chinese: '快餐', aliases: ['快餐包'] },
	{ code: '4', name: 'gift', label: 'Gift', chinese: '转增', aliases: ['转增包', '转赠'] },
] as const satisfies readonly Meaning[];

/** Eleventh character. */
export const ROAMING = [
	{ code: '0', name: 'national', label: 'National', chinese: '全国漫游', aliases: ['全国'] },
	{ code: '1', name: 'provincial', label: 'Provincial', chinese: '省内漫游', aliases: ['省内'] },
] as const satisfies readonly Meaning[];

/** Six digits. */
export const MAX_SIZE_MB = 999_999;

/** As a size: the one that was filled in. */
export const CUSTOM_SIZE = 'custom';

/** The parts that a code is built of, each as its code; sizes in megabytes, 1024 for 1 GB. */
export interface FlowCodeParts {
	readonly carrier: string;
	readonly province: string;
	readonly sizeMb: number | typeof CUSTOM_SIZE;
	readonly customSizeMb?: number | undefined;
	readonly packageType: string;
	readonly roaming: string;
}

/** The megabytes that hold, chosen or filled in. */
export const sizeOf = ({
	sizeMb,
	customSizeMb,
}: {
	readonly [Part in 'sizeMb' | 'customSizeMb']?: FlowCodeParts[Part] | undefined;
}): number | undefined => (sizeMb === CUSTOM_SIZE ? customSizeMb : sizeMb);

export const buildFlowCode = (parts: FlowCodeParts): string =>
	parts.carrier +
	parts.province +
	String(sizeOf(parts) ?? 0).padStart(6, '0') +
	parts.packageType +
	parts.roaming;

const SHAPE = /^(\d)(?:([A-Z]{2})(?:(\d{6})(?:(\d)(\d)?)?)?)?/i;

/** Empty for a part that is not there, `unknown` for one that the document does not list. */
const nameOf = (code: string, meanings: readonly Meaning[]): string =>
	code === ''
		? ''
		: (meanings.find((meaning) => meaning.code === code.toUpperCase())?.name ?? 'unknown');

/**
 * Explains a code as far as it follows the rule. The platform also gives out codes beside the rule
 * ("special cases"), so that no code is wrong; of those, as much is explained as can be.
 */
export function explainFlowCode(flowCode: string) {
	const [, carrier = '', province = '', size = '', packageType = '', roaming = ''] =
		SHAPE.exec(flowCode) ?? [];
	return {
		flowCode,
		carrier: nameOf(carrier, CARRIERS),
		carrierCode: carrier,
		province: nameOf(province, PROVINCES),
		provinceCode: province,
		sizeMb: size === '' ? null : Number(size),
		packageType: nameOf(packageType, PACKAGE_TYPES),
		packageTypeCode: packageType,
		roaming: nameOf(roaming, ROAMING),
		roamingCode: roaming,
	} satisfies IDataObject;
}

const WHOLE = /^\d[A-Z]{2}\d{8}$/;

/**
 * The megabytes that a code stands for for certain: all of it follows the rule, and nothing stands
 * behind it; else null. The platform knows codes beside the rule, of which a beginning says nothing.
 */
export function certainSizeMb(flowCode: string): number | null {
	const { carrier, province: where, sizeMb, packageType, roaming } = explainFlowCode(flowCode);
	const isKnown = ![carrier, where, packageType, roaming].includes('unknown');
	return WHOLE.test(flowCode) && isKnown && sizeMb !== 0 ? sizeMb : null;
}
