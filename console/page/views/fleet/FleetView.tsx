import { Loaded } from '../../parts/Loaded';
import { texts } from '../../state/language';
import { card, cards, fleet, undoAllCards } from '../../state/fleet';
import { replace, route } from '../../state/route';
import { CardDrawer } from './CardDrawer';
import { CardFilters } from './CardFilters';
import { CardTable } from './CardTable';
import { FleetCharts } from './FleetCharts';
import { FleetCounts } from './FleetCounts';

export function FleetView() {
	const { fleet: words, views } = texts.value;
	const { item, query } = route.value;
	return (
		<>
			<header class="page">
				<h1>{views.fleet}</h1>
				<button type="button" onClick={() => void undoAllCards()}>
					{words.undoAll}
				</button>
			</header>
			<Loaded from={fleet}>
				{(summary) => (
					<>
						<FleetCounts summary={summary} />
						<FleetCharts summary={summary} />
						<div class="panel flush">
							<CardFilters summary={summary} />
							<Loaded from={cards}>{(page) => <CardTable page={page} />}</Loaded>
						</div>
						{item !== '' && (
							<CardDrawer
								key={item}
								cardNumber={item}
								statuses={summary.byStatus}
								from={card}
								onClose={() => replace('fleet', '', query)}
							/>
						)}
					</>
				)}
			</Loaded>
		</>
	);
}
