# What membership rules and exclusions ask for, and from when until when everything holds, written so that the
# rules proper are one look-up each: a rule needs a kind of body (link:kind) and a place that stands to the area of
# that body as the rule says (link:key: relation, kind of area, nation). They live only while the rules run.
PREFIX dg: <https://w3id.org/dutygraph/def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX link: <https://w3id.org/dutygraph/graph/links#>

# a membership rule needs bodies of its kind, or a narrower one, that stand to the area as it says
INSERT { ?need link:of ?rule ; link:kind ?kind ; link:key ?key }
WHERE {
  ?rule a dg:MembershipRule ; dg:bodyKind ?wideKind ; dg:relation ?relation ; dg:areaKind ?wideAreaKind ; dg:appliesIn ?nation .
  ?kind rdfs:subClassOf* ?wideKind .
  ?areaKind rdfs:subClassOf* ?wideAreaKind .
  BIND(CONCAT(?relation, " ", STR(?areaKind), " ", STR(?nation)) AS ?key)
  BIND(IRI(CONCAT(STR(link:), SHA1(CONCAT(STR(?rule), " ", STR(?kind), " ", ?key)))) AS ?need)
} ;

# an exclusion is told of bodies of its kind in every place for which the class is filled
INSERT { ?need link:of ?exclusion ; link:kind ?kind ; link:key ?key }
WHERE {
  ?exclusion a dg:Exclusion ; dg:excludedFrom ?class ; dg:bodyKind ?wideKind ; dg:appliesIn ?nation .
  ?filling dg:fills ?class ; dg:areaKind ?wideAreaKind .
  ?kind rdfs:subClassOf* ?wideKind .
  ?areaKind rdfs:subClassOf* ?wideAreaKind .
  BIND(CONCAT("touches ", STR(?areaKind), " ", STR(?nation)) AS ?key)
  BIND(IRI(CONCAT(STR(link:), SHA1(CONCAT(STR(?exclusion), " ", STR(?kind), " ", ?key)))) AS ?need)
} ;

# from when until when a rule, an exclusion or a capacity holds; open ends become the first and the last day
INSERT { ?thing link:start ?start ; link:end ?end ; link:startKnown ?known ; link:confined ?confined }
WHERE {
  { ?thing dg:fills ?class } UNION { ?thing a dg:Exclusion } UNION { ?thing dg:capacityOf ?body }
  OPTIONAL { ?thing dg:validFrom ?from }
  OPTIONAL { ?thing dg:attestedFrom ?attested }
  OPTIONAL { ?thing dg:validUntil ?until }
  BIND(COALESCE(?from, ?attested, xsd:date("0001-01-01")) AS ?start)
  BIND(COALESCE(?until, xsd:date("9999-12-31")) AS ?end)
  BIND(BOUND(?from) || !BOUND(?attested) AS ?known)
  BIND(EXISTS { ?thing dg:confinedTo ?some } AS ?confined)
} ;

# the same for a link, with the keys that it serves
INSERT { ?link link:start ?start ; link:end ?end ; link:startKnown ?known ; link:key ?key }
WHERE {
  ?link link:area ?area ; link:how ?how .
  ?area a ?areaKind ; dg:nation ?nation .
  OPTIONAL { ?link link:from ?from }
  OPTIONAL { ?link link:attested ?attested }
  OPTIONAL { ?link link:until ?until }
  BIND(COALESCE(?from, ?attested, xsd:date("0001-01-01")) AS ?start)
  BIND(COALESCE(?until, xsd:date("9999-12-31")) AS ?end)
  BIND(BOUND(?from) || !BOUND(?attested) AS ?known)
  BIND(CONCAT(?how, " ", STR(?areaKind), " ", STR(?nation)) AS ?key)
}
