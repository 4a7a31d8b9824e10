/** The table of provinces, as the document prints it, and what each stands for in English. */
const PROVINCES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
	QG: ['全国', 'nationwide'],
	AH: ['安徽', 'Anhui'],
	BJ: ['北京', 'Beijing'],
	CQ: ['重庆', 'Chongqing'],
	FJ: ['福建', 'Fujian'],
	GD: ['广东', 'Guangdong'],
	GS: ['甘肃', 'Gansu'],
	GX: ['广西', 'Guangxi'],
	GZ: ['贵州', 'Guizhou'],
	HE: ['湖北', 'Hubei'],
	HJ: ['河北', 'Hebei'],
	HL: ['黑龙江', 'Heilongjiang'],
	HX: ['湖南', 'Hunan'],
	HQ: ['海南', 'Hainan'],
	HY: ['河南', 'Henan'],
	JL: ['吉林', 'Jilin'],
	JS: ['江苏', 'Jiangsu'],
	JX: ['江西', 'Jiangxi'],
	LN: ['辽宁', 'Liaoning'],
	NM: ['内蒙', 'Inner Mongolia'],
	NX: ['宁夏', 'Ningxia'],
	QH: ['青海', 'Qinghai'],
	SC: ['四川', 'Sichuan'],
	SD: ['山东', 'Shandong'],
	SH: ['上海', 'Shanghai'],
	SJ: ['山西', 'Shanxi'],
	SS: ['陕西', 'Shaanxi'],
	TJ: ['天津', 'Tianjin'],
	XZ: ['西藏', 'Tibet'],
	XJ: ['新疆', 'Xinjiang'],
	YN: ['云南', 'Yunnan'],
	ZJ: ['浙江', 'Zhejiang'],
};

const SHAPE = /^([123])([A-Z]{2})(\d{6})([1234])([01])$/;

/** Fen (hundredths of a yuan) for a megabyte. */
const PRICE_PER_MB = 3;

interface Package {
	carrier: string;
	province: readonly [zh: string, en: string];
	sizeMb: number;
}

/** What a code made by the document's rule stands for; undefined for no such code. */
function read(flowCode: string): Package | undefined {
	const [, carrier = '', letters = '', digits = ''] = SHAPE.exec(flowCode) ?? [];
	const province = PROVINCES[letters];
	const sizeMb = Number(digits);
	return province && sizeMb > 0 ? { carrier, province, sizeMb } : undefined;
}

/** What a package costs, in fen; undefined for no such code. */
export function priceOf(flowCode: string): number | undefined {
	const found = read(flowCode);
	return found && found.sizeMb * PRICE_PER_MB;
}

const CARRIERS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
	'1': ['移动', 'China Mobile'],
	'2': ['电信', 'China Telecom'],
	'3': ['联通', 'China Unicom'],
};

/** A package in words; undefined for no such code. */
export function describeFlowCode(flowCode: string): { en: string; zh: string } | undefined {
	const found = read(flowCode);
	if (!found) return undefined;
	const { province, sizeMb } = found;
	const carrier = CARRIERS[found.carrier] ?? ['', ''];
	return {
		en: `${sizeMb} MB, ${carrier[1]}, ${province[1]}`,
		zh: `${sizeMb} MB，${carrier[0]}，${province[0]}`,
	};
}
