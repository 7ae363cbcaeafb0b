# python3-networkx: graph algorithms.
import networkx as nx
G = nx.karate_club_graph()
print(nx.shortest_path(G, 0, 33), nx.diameter(G), sorted(nx.connected_components(G), key=len)[0] and len(G))
print(sorted(nx.betweenness_centrality(G).items(), key=lambda t: -t[1])[:3]); print(nx.is_bipartite(G), list(nx.topological_sort(nx.DiGraph([(1,2),(2,3)]))))
print(nx.maximum_flow_value(nx.DiGraph([(0,1,{'capacity':3}),(1,2,{'capacity':2})]),0,2)); print(list(nx.minimum_spanning_edges(G, data=False))[:4])
