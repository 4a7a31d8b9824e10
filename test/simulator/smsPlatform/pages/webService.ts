import { htmlPage, methodNotAllowedPage } from '../../replies';
import type { SimulatorReply, SimulatorRequest } from '../../types';
import { methodOf, openEnvelope, SoapFault, versionOf } from '../soap/envelope';
import { faultReply, resultReply } from '../soap/reply';
import { refusedResult, sendSoapSms } from '../soap/sendResult';
import { serviceDescription } from '../wsdl/serviceDescription';
import { textReply } from '../xml';
import type { Page, Site } from './page';

/** What the fault `code` takes for a SOAP fault, in place of a code of the vendor. */
const FAULT = 'Fault';

const unsupported = () => htmlPage(415, 'Unsupported Media Type');

function describe({ basePath }: Site, { headers, path }: SimulatorRequest): SimulatorReply {
	const url = `http://${headers.host ?? 'localhost'}${basePath}${path}`;
	return textReply(serviceDescription(url), 'text/xml; charset=utf-8');
}

/** SMS §7 */
export const webServicePage: Page = {
	answer(site, request) {
		if (request.method === 'GET') {
			const wantsWsdl = request.query.toLowerCase() === '?wsdl';
			return wantsWsdl ? describe(site, request) : methodNotAllowedPage();
		}
		const version = versionOf(request);
		if (!version) return unsupported();
		try {
			const call = openEnvelope(request, version);
			return resultReply(version, call.method, sendSoapSms(site, call), site.world.settings);
		} catch (error) {
			if (error instanceof SoapFault) return faultReply(version, error);
			throw error;
		}
	},
	refuse({ world }, refused, request) {
		const version = versionOf(request);
		if (!version) return unsupported();
		if (refused.code === FAULT) {
			return faultReply(version, {
				code: 'Server',
				message: 'Server was unable to process request.',
			});
		}
		return resultReply(version, methodOf(request), refusedResult(refused), world.settings);
	},
};
