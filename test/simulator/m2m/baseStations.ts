/** A base station with what §2.12 tells of it. */
export interface BaseStation {
	mcc: string;
	/** `0` China Mobile, `1` China Unicom. */
	mnc: string;
	lac: string;
	cellid: string;
	longitude: string;
	latitude: string;
	/** Metres. */
	radius: string;
	address: string;
}

function station(
	[mnc, lac, cellid]: [string, string, string],
	[longitude, latitude, radius]: [string, string, string],
	address: string,
): BaseStation {
	return { mcc: '460', mnc, lac, cellid, longitude, latitude, radius, address };
}

/** All that the simulator knows; any other is 0032. */
export const BASE_STATIONS: readonly BaseStation[] = [
	station(['0', '9763', '3693'], ['120.15507', '30.27415', '550'], '浙江省杭州市西湖区天目山路'),
	station(['0', '4189', '22753'], ['116.397128', '39.916527', '480'], '北京市东城区东华门街道'),
	station(['0', '6212', '50401'], ['121.473701', '31.230416', '1000'], '上海市黄浦区人民大道'),
	station(['0', '9338', '1843'], ['114.057868', '22.543099', '620'], '广东省深圳市福田区福中三路'),
	station(['1', '41035', '61073'], ['113.264385', '23.129112', '700'], '广东省广州市越秀区府前路'),
	station(
		['1', '34860', '62041'],
		['104.066541', '30.572269', '850'],
		'四川省成都市武侯区天府大道',
	),
];

export function findBaseStation(
	mcc: string,
	mnc: string,
	lac: string,
	cellid: string,
): BaseStation | undefined {
	return BASE_STATIONS.find(
		(known) =>
			known.mcc === mcc && known.mnc === mnc && known.lac === lac && known.cellid === cellid,
	);
}
